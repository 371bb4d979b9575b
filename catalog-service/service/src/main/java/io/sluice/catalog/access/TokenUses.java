package io.sluice.catalog.access;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * When each token was last used, to the minute. Kept in memory and written down now and then, because a read must not
 * cost a write.
 */
public final class TokenUses {
    private static final long GRAIN_MILLIS = 60_000;

    private final Map<String, Long> unwritten = new ConcurrentHashMap<>();
    private final Map<String, Long> lastSeen = new ConcurrentHashMap<>();

    public void noted(String tokenId, long now) {
        @Nullable Long before = lastSeen.get(tokenId);
        if (before != null && now - before < GRAIN_MILLIS) return;
        lastSeen.put(tokenId, now);
        unwritten.put(tokenId, now);
    }

    /** Those that {@link #written} was not told of. */
    public Map<String, Long> unwritten() {
        return new HashMap<>(unwritten);
    }

    public void written(Map<String, Long> uses) {
        uses.forEach(unwritten::remove);
    }

    public void forget(String tokenId) {
        unwritten.remove(tokenId);
        lastSeen.remove(tokenId);
    }
}
