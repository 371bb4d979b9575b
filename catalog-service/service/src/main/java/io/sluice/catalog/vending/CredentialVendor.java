package io.sluice.catalog.vending;

import io.sluice.model.failure.Failure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Makes credentials, and hands the same one out again for four fifths of its life: engines ask at each query, and the
 * clouds' token services count. Whether the caller may have them was decided before; each call decides anew.
 */
public final class CredentialVendor {
    private static final int MOST_KEPT = 10_000;

    private final TokenService aws;
    private final Clock clock;
    private final ConcurrentHashMap<Key, Kept> kept = new ConcurrentHashMap<>();

    public CredentialVendor(TokenService aws, Clock clock) {
        this.aws = aws;
        this.clock = clock;
    }

    /** A cloud's service that exchanges a role for a session which its policy confines. */
    @FunctionalInterface
    public interface TokenService {
        VendedCredentials.AwsSession assume(AwsRole role, Access access, String location);
    }

    private record Key(Optional<AwsRole> role, Access access, String location) {}

    private record Kept(VendedCredentials credentials, Instant renewAt) {}

    /**
     * @param location normalised
     * @param role what opens the bucket; empty for a local folder
     */
    public VendedCredentials vend(Access access, String location, Optional<AwsRole> role) {
        if (location.startsWith("file:")) return new VendedCredentials.LocalFiles(location);
        if (!location.startsWith("s3:"))
            throw Failure.unsupported(
                    "Credentials for %s: locations are not vended. Read the data through a share.",
                    location.split(":", 2)[0]);
        if (role.isEmpty())
            throw Failure.invalid(
                    "No external location with a credential covers %s. Create one, or read the data through a share.",
                    location);
        Key key = new Key(role, access, location);
        Instant now = clock.instant();
        if (kept.size() >= MOST_KEPT) kept.values().removeIf(old -> !old.renewAt.isAfter(now));
        if (kept.size() >= MOST_KEPT) kept.clear();
        // One request to the service for however many callers of the same key.
        return kept.compute(
                        key,
                        (same, held) -> held != null && held.renewAt.isAfter(now)
                                ? held
                                : fresh(aws.assume(role.get(), access, location), now))
                .credentials;
    }

    private static Kept fresh(VendedCredentials.AwsSession session, Instant now) {
        Duration life = Duration.between(now, session.expires());
        return new Kept(session, now.plus(life.multipliedBy(4).dividedBy(5)));
    }
}
