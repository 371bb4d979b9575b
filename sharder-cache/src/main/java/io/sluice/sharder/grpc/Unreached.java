package io.sluice.sharder.grpc;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** To which pods this one could not connect lately. For many threads. */
final class Unreached {
    private static final long MEMORY_NANOS = TimeUnit.SECONDS.toNanos(10);
    /** There are never more pods than that which could be meant. */
    private static final int MOST = 1_000;

    private final Map<String, Long> atNanos = new ConcurrentHashMap<>();

    void failed(String pod, long nowNanos) {
        if (atNanos.size() < MOST) atNanos.put(pod, nowNanos);
    }

    /** Costs nothing while all is well. */
    void succeeded(String pod) {
        if (!atNanos.isEmpty()) atNanos.remove(pod);
    }

    Set<String> pods(long nowNanos) {
        atNanos.values().removeIf(at -> nowNanos - at >= MEMORY_NANOS);
        return Set.copyOf(atNanos.keySet());
    }
}
