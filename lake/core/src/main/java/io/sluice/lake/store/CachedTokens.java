package io.sluice.lake.store;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Keeps a token until it is about to end. Safe for use by many threads, of which one at a time asks for a new one. */
final class CachedTokens implements AccessTokens {
    /** A request that begins with a token must not outlive it on its way. */
    private static final Duration RESERVE = Duration.ofMinutes(5);

    private final AccessTokens source;
    private final Clock clock;
    private @Nullable AccessToken kept;

    CachedTokens(AccessTokens source, Clock clock) {
        this.source = source;
        this.clock = clock;
    }

    @Override
    public synchronized AccessToken token() throws IOException {
        AccessToken current = kept;
        if (current == null || !clock.instant().plus(RESERVE).isBefore(current.expiresAt())) {
            current = source.token();
            kept = current;
        }
        return current;
    }
}
