package io.sluice.sharder.load;

import io.sluice.sharder.SliceKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The heaviest keys of a stream that is slowly forgotten: Space-Saving (Metwally, Agrawal, El Abbadi, 2005), fed in
 * batches as summaries are merged, with all counts decaying.
 *
 * <p>Invariant: a key that is not listed weighs at most {@link #floor}, and one that is listed weighs between its two
 * bounds. So a key that comes in may have been here before with up to the floor, and what is pushed out raises the floor
 * to its upper bound. The floor stays near total / {@link #CAPACITY}.
 *
 * <p>Not thread-safe.
 */
final class KeySketch {
    static final int CAPACITY = 256;
    // How many standard deviations a bound allows for chance.
    private static final double DEVIATIONS = 3;

    private final Map<Long, Entry> entries = new HashMap<>();
    private double floor;
    // The variance that sampling adds to a count grows with the units for which one sample stands.
    private double stride = 1;
    // The weight that a constant rate of 1 per second would have by now.
    private double span;
    private double latestSeconds = 1;

    private static final class Entry {
        final long key;
        double atLeast;
        double atMost;
        double writes;
        /** Of the last batch alone. */
        double latest;

        Entry(long key, double floor) {
            this.key = key;
            this.atMost = floor;
        }

        double atMost() {
            return atMost;
        }
    }

    /** Forgets, and lets {@code seconds} go by. */
    void decay(double keep, double seconds) {
        for (Entry entry : entries.values()) {
            entry.atLeast *= keep;
            entry.atMost *= keep;
            entry.writes *= keep;
            entry.latest = 0;
        }
        floor *= keep;
        latestSeconds = seconds;
        span = span * keep + seconds;
    }

    void add(long key, int weight, boolean isWrite) {
        Entry entry = entries.computeIfAbsent(key, k -> new Entry(k, floor));
        entry.atLeast += weight;
        entry.atMost += weight;
        entry.latest += weight;
        if (isWrite) entry.writes += weight;
    }

    /** Ends a batch: drops the lightest keys down to the capacity. */
    void trim(int strideOfBatch) {
        stride = Math.max(stride / 2, strideOfBatch);
        // Sorting seldom is cheaper; until then more keys are known than need be.
        if (entries.size() <= 4 * CAPACITY) return;
        List<Entry> sorted = new ArrayList<>(entries.values());
        sorted.sort(Comparator.comparingDouble(Entry::atMost).reversed().thenComparingLong(entry -> entry.key));
        sorted.subList(CAPACITY, sorted.size()).forEach(entry -> entries.remove(entry.key));
        floor = Math.max(floor, sorted.get(CAPACITY).atMost);
    }

    /** Keys that surely have at least so many units per second, the heaviest first. */
    List<HotKey> above(double perSecond, int most) {
        List<HotKey> hot = new ArrayList<>();
        for (Entry entry : entries.values()) {
            HotKey key = rates(entry);
            if (key.atLeast() >= perSecond && key.atLeast() > 0) hot.add(key);
        }
        hot.sort(Comparator.comparingDouble(HotKey::atLeast).reversed().thenComparing(HotKey::key));
        return hot.size() <= most ? hot : List.copyOf(hot.subList(0, most));
    }

    /** What keys that are not listed have at most, in units per second. */
    double floorPerSecond() {
        return span == 0 ? 0 : floor / span;
    }

    private HotKey rates(Entry entry) {
        double missed = stride <= 1 ? 0 : DEVIATIONS * Math.sqrt(entry.atMost * stride);
        double atLeast = Math.max(0, entry.atLeast - missed) / span;
        double atMost = (entry.atMost + missed) / span;
        // A key that has just become hot is told as hot as it is, not as an average that still has to rise.
        double surely = (entry.latest - DEVIATIONS * Math.sqrt(entry.latest * stride)) / latestSeconds;
        if (surely <= atMost) return new HotKey(new SliceKey(entry.key), atLeast, atMost, entry.writes / span);
        double possibly = (entry.latest + DEVIATIONS * Math.sqrt(entry.latest * stride)) / latestSeconds;
        return new HotKey(new SliceKey(entry.key), surely, possibly, entry.writes / span);
    }
}
