package io.sluice.sharder.load;

import io.sluice.sharder.Slice;
import io.sluice.sharder.SliceKey;
import java.util.Arrays;
import java.util.Optional;

/** The rates of one slice in this pod. Not thread-safe. */
final class SliceGauge {
    private static final int RECENT = 32;

    final Slice slice;
    private double fast;
    private double slow;
    private double writes;
    // How much of the averages is filled: 1 after a long time. Dividing by it frees young averages from their start at
    // 0.
    private double fastFilled;
    private double slowFilled;
    private double observedSeconds;
    private long residentBytes;
    private final long[] recentKeys = new long[RECENT];
    private int sampled;

    SliceGauge(Slice slice) {
        this.slice = slice;
    }

    void tick(long units, long written, double seconds) {
        double keepFast = LoadMeter.keep(seconds, LoadMeter.FAST_HALF_LIFE_S);
        double keepSlow = LoadMeter.keep(seconds, LoadMeter.SLOW_HALF_LIFE_S);
        fast = fast * keepFast + units / seconds * (1 - keepFast);
        slow = slow * keepSlow + units / seconds * (1 - keepSlow);
        writes = writes * keepSlow + written / seconds * (1 - keepSlow);
        fastFilled = fastFilled * keepFast + 1 - keepFast;
        slowFilled = slowFilled * keepSlow + 1 - keepSlow;
        observedSeconds += seconds;
    }

    void sample(long key) {
        recentKeys[sampled++ % RECENT] = key;
    }

    void resident(long bytes) {
        residentBytes = bytes;
    }

    double fastRate() {
        return fastFilled == 0 ? 0 : fast / fastFilled;
    }

    /**
     * Adds a part of what another slice had, when borders change.
     *
     * @param part of the load of {@code former} that lies in this slice
     * @param covered the part of this slice that it covers, by width
     */
    void inherit(SliceGauge former, double part, double covered) {
        fast += former.fast * part;
        slow += former.slow * part;
        writes += former.writes * part;
        fastFilled += former.fastFilled * covered;
        slowFilled += former.slowFilled * covered;
        observedSeconds += former.observedSeconds * covered;
        residentBytes += (long) (former.residentBytes * part);
        for (int i = 0; i < Math.min(former.sampled, RECENT); i++)
            if (slice.contains(new SliceKey(former.recentKeys[i]))) sample(former.recentKeys[i]);
    }

    /** @param heavy from which rate on it is worth knowing where to cut */
    SliceRates rates(double heavy) {
        double slowRate = slowFilled == 0 ? 0 : slow / slowFilled;
        double writeRate = slowFilled == 0 ? 0 : writes / slowFilled;
        Optional<SliceKey> cut = fastRate() >= heavy ? cut() : Optional.empty();
        return new SliceRates(slice, fastRate(), slowRate, writeRate, residentBytes, observedSeconds, cut);
    }

    // The upper half of a key names the catalog. A border between two catalogs is worth a somewhat uneven cut.
    private Optional<SliceKey> cut() {
        if (sampled < RECENT) return Optional.empty();
        long[] sorted = recentKeys.clone();
        for (int i = 0; i < RECENT; i++) sorted[i] ^= Long.MIN_VALUE;
        Arrays.sort(sorted);
        long early = sorted[RECENT / 4] ^ Long.MIN_VALUE;
        long middle = sorted[RECENT / 2] ^ Long.MIN_VALUE;
        long late = sorted[RECENT * 3 / 4] ^ Long.MIN_VALUE;
        long border = middle >>> 32 << 32;
        if (Long.compareUnsigned(border, early) > 0) return inside(border);
        long nextBorder = border + (1L << 32);
        boolean near = Long.compareUnsigned(nextBorder, middle) > 0 && Long.compareUnsigned(nextBorder, late) <= 0;
        return inside(near ? nextBorder : middle);
    }

    private Optional<SliceKey> inside(long cut) {
        SliceKey key = new SliceKey(cut);
        return slice.contains(key) && !key.equals(slice.low()) ? Optional.of(key) : Optional.empty();
    }
}
