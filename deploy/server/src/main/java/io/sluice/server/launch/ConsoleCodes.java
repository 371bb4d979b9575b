package io.sluice.server.launch;

import io.sluice.catalog.access.BearerToken;
import io.sluice.catalog.record.TokenRecord;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** One-time codes by which the console link signs its reader in, so that no token stands in a link. */
@Singleton
public final class ConsoleCodes {
    private static final Duration LIFE = Duration.ofMinutes(10);

    private final Map<String, Instant> expiries = new ConcurrentHashMap<>();
    private final Clock clock = Clock.systemUTC();

    public String issue() {
        String code = BearerToken.random(TokenRecord.Kind.SESSION);
        expiries.put(BearerToken.digest(code), clock.instant().plus(LIFE));
        return code;
    }

    /** Whether the code was good; it is not any more afterwards. */
    public boolean redeem(String code) {
        @Nullable Instant expiry = expiries.remove(BearerToken.digest(code));
        return expiry != null && clock.instant().isBefore(expiry);
    }
}
