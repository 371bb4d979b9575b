package io.sluice.sharing.files;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How many answers of sealed bytes are under way, by key scope: what a revoke would cut. Safe for many threads. */
public final class OpenStreams {
    private final Map<String, Integer> byScope = new ConcurrentHashMap<>();

    void opened(List<KeyEpoch> keys) {
        for (KeyEpoch key : keys) byScope.merge(key.scope(), 1, Integer::sum);
    }

    void closed(List<KeyEpoch> keys) {
        for (KeyEpoch key : keys) byScope.computeIfPresent(key.scope(), (scope, open) -> open == 1 ? null : open - 1);
    }

    /** As of now, on this pod. */
    public int of(String scope) {
        return byScope.getOrDefault(scope, 0);
    }
}
