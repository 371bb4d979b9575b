package io.sluice.sharder.load;

import io.sluice.sharder.Slice;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;

/** Units and writes per slice since the last tick, for one set of slices; striped, so that threads seldom meet. */
final class Counters {
    private static final int SLOTS = 2;

    // Signs flipped: signed comparison then gives the unsigned order.
    private final long[] firsts;
    private final long[] lasts;
    private final AtomicLongArray[] stripes;

    /** @param slices in the order of their keys */
    Counters(List<Slice> slices, int stripes) {
        firsts = slices.stream().mapToLong(s -> s.low().bits() ^ Long.MIN_VALUE).toArray();
        lasts = slices.stream().mapToLong(s -> s.last().bits() ^ Long.MIN_VALUE).toArray();
        this.stripes = new AtomicLongArray[stripes];
        for (int i = 0; i < stripes; i++) this.stripes[i] = new AtomicLongArray(SLOTS * slices.size());
    }

    /** Keys of slices that the pod does not hold are no load of any slice: they were misrouted. */
    void add(int stripe, long key, int units, boolean isWrite) {
        int at = indexOf(key);
        if (at < 0) return;
        stripes[stripe].addAndGet(SLOTS * at, units);
        if (isWrite) stripes[stripe].addAndGet(SLOTS * at + 1, units);
    }

    long takeUnits(int slice) {
        return take(SLOTS * slice);
    }

    long takeWrites(int slice) {
        return take(SLOTS * slice + 1);
    }

    /** Negative when no slice holds the key. */
    int indexOf(long key) {
        long flipped = key ^ Long.MIN_VALUE;
        int found = Arrays.binarySearch(firsts, flipped);
        int at = found >= 0 ? found : -found - 2;
        return at >= 0 && flipped <= lasts[at] ? at : -1;
    }

    private long take(int slot) {
        long sum = 0;
        for (AtomicLongArray stripe : stripes) sum += stripe.getAndSet(slot, 0);
        return sum;
    }
}
