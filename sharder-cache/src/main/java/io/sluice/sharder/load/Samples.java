package io.sluice.sharder.load;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Keys waiting for the next tick: many threads add, one drains. Full means drop, and {@link #thin} then makes it take
 * fewer. A sample that is added while another thread drains may be lost or fall into the next tick; it is one of
 * thousands.
 */
final class Samples {
    static final int CAPACITY = 1 << 11;
    /** Set in the weight of a write. */
    static final int WRITE = 1 << 30;

    private final AtomicLongArray keys = new AtomicLongArray(CAPACITY);
    private final AtomicLongArray weights = new AtomicLongArray(CAPACITY);
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicLong offered = new AtomicLong();
    private volatile int stride = 1;

    /** Takes what drains out. */
    interface Sink {
        void take(long key, int weight, boolean isWrite);
    }

    /** Takes the key with probability units / stride, and then for what it stands for on average. */
    void offer(long key, int units, boolean isWrite) {
        int now = stride;
        long ticket = offered.getAndIncrement();
        if (units < now && (mix(ticket) >>> 33) * now >= (long) units << 31) return;
        int at = next.getAndIncrement();
        if (at >= CAPACITY) return;
        keys.setOpaque(at, key);
        weights.setRelease(at, Math.min(Math.max(units, now), WRITE - 1) | (isWrite ? WRITE : 0));
    }

    /** @return how many units one sample stood for */
    int drain(Sink sink) {
        int drained = stride;
        int filled = next.get();
        for (int at = 0; at < Math.min(filled, CAPACITY); at++) {
            int weight = (int) weights.getAndSet(at, 0);
            if (weight != 0) sink.take(keys.getOpaque(at), weight & (WRITE - 1), (weight & WRITE) != 0);
        }
        thin(filled);
        next.set(0);
        return drained;
    }

    // Aims at between a quarter and a half, so that a load that doubles within a second still fits.
    private void thin(int filled) {
        if (filled > CAPACITY / 2) stride = Math.min(stride * Math.max(2, filled * 4 / CAPACITY), 1 << 20);
        else if (filled < CAPACITY / 8 && stride > 1) stride /= 2;
    }

    // The finalizer of SplitMix64: as good as random for our purpose, and repeatable.
    private static long mix(long ticket) {
        long z = ticket * 0x9E3779B97F4A7C15L + 0x632BE59BD9B4E019L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
