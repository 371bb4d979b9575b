package io.sluice.sharder.kv;

import io.sluice.sharder.Generation;
import io.sluice.sharder.Slice;
import io.sluice.sharder.Tenure;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A slice that came lately, and what was written here since: that is newer than anything its former owner holds.
 * Thread-safe.
 */
final class Acquisition {
    /** From then on the former owner's word is not worth the memory. */
    private static final int MOST_TOUCHED = 100_000;

    final Slice slice;
    final Tenure former;
    final Generation since;
    private final Set<Slot> touched = ConcurrentHashMap.newKeySet();
    private volatile boolean isOpen;

    Acquisition(Slice slice, Tenure former, Generation since) {
        this.slice = slice;
        this.former = former;
        this.since = since;
    }

    /** All that was written before we knew of the acquisition has been touched, too. */
    void open() {
        isOpen = true;
    }

    void touch(Slot slot) {
        touched.add(slot);
    }

    /** Only from the ownership right before ours: what was stored under an older one may have been overwritten since. */
    boolean isFromFormerOwner(Stored stored) {
        return stored.since().equals(former.since());
    }

    boolean mayTake(Slot slot) {
        return isOpen && slice.contains(slot.at()) && !touched.contains(slot) && touched.size() < MOST_TOUCHED;
    }
}
