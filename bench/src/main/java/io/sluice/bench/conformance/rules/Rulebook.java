package io.sluice.bench.conformance.rules;

import io.sluice.bench.conformance.check.Check;
import java.util.List;
import java.util.stream.Stream;

/** All checks in the order of their groups. */
public final class Rulebook {
    private Rulebook() {}

    public static List<Check> all() {
        return Stream.of(
                        AuthenticationRules.list(),
                        ListingRules.list(),
                        VersionRules.list(),
                        MetadataRules.list(),
                        CapabilityRules.list(),
                        QueryRules.list(),
                        PagingRules.list(),
                        HintRules.list(),
                        FormatRules.list(),
                        StreamRules.list(),
                        ChangeRules.list(),
                        AsyncRules.list(),
                        CredentialRules.list(),
                        // Last: it looks back on the whole run.
                        ErrorRules.list())
                .flatMap(List::stream)
                .toList();
    }
}
