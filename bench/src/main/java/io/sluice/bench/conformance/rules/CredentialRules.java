package io.sluice.bench.conformance.rules;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.bench.conformance.check.Check;
import io.sluice.bench.conformance.check.Group;
import io.sluice.bench.conformance.check.Rules;
import io.sluice.bench.conformance.share.SharedTable;
import io.sluice.bench.conformance.share.Trait;
import io.sluice.bench.conformance.wire.Answer;
import java.util.List;

/** Tables as directories, which Snowflake and others read. */
final class CredentialRules {
    private static final List<String> KINDS = List.of("awsTempCredentials", "azureUserDelegationSas", "gcpOauthToken");

    private CredentialRules() {}

    static List<Check> list() {
        return Rules.of(Group.CREDENTIALS)
                .rule("A table offered as dir gets credentials of one cloud", world -> {
                    Answer answer = world.table(Trait.DIRECTORY)
                            .credentials("{}")
                            .send()
                            .isOk();
                    JsonNode credentials = answer.json().path("credentials");
                    long kinds = KINDS.stream().filter(credentials::has).count();
                    answer.must(kinds == 1, "one of " + KINDS, kinds + " of them");
                })
                .rule("Credentials tell where they are good, below the table", world -> {
                    SharedTable table = world.table(Trait.DIRECTORY);
                    Answer answer = table.credentials("{}").send().isOk();
                    String location =
                            answer.json().path("credentials").path("location").asText();
                    String listed = table.listed().path("location").asText(location);
                    answer.must(
                            !location.isEmpty() && location.startsWith(listed), "a location below " + listed, location);
                })
                .rule("Credentials tell when they end, in milliseconds to come", world -> {
                    Answer answer = world.table(Trait.DIRECTORY)
                            .credentials("{}")
                            .send()
                            .isOk();
                    long end = answer.json()
                            .path("credentials")
                            .path("expirationTime")
                            .asLong();
                    answer.must(end > System.currentTimeMillis(), "a moment to come", end);
                })
                .rule(
                        "Credentials for a location outside of the table are refused with 400 or 403",
                        world -> world.table(Trait.DIRECTORY)
                                .credentials("{\"location\":\"s3://conformance-no-such-bucket/elsewhere\"}")
                                .send()
                                .is(400, 403))
                // Servers differ in how they say that there is no such thing.
                .rule(
                        "A table not offered as dir gets no credentials, but 400, 403, 404, 405 or 501",
                        world -> world.without(Trait.DIRECTORY)
                                .credentials("{}")
                                .send()
                                .is(400, 403, 404, 405, 501))
                .rule(
                        "Credentials of a table that is not there are refused with 404, or with 400 where there are none",
                        world -> world.missing().credentials("{}").send().is(404, 400, 405, 501))
                .list();
    }
}
