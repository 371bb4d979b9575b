package io.sluice.sharder.kv;

import io.sluice.sharder.Generation;
import io.sluice.sharder.Resource;
import io.sluice.sharder.Slice;
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
    final Resource from;
    final Generation since;
    private final Set<Slot> touched = ConcurrentHashMap.newKeySet();
    private volatile boolean isOpen;

    Acquisition(Slice slice, Resource from, Generation since) {
        this.slice = slice;
        this.from = from;
        this.since = since;
    }

    /** All that was written before we knew of the acquisition has been touched, too. */
    void open() {
        isOpen = true;
    }

    void touch(Slot slot) {
        touched.add(slot);
    }

    boolean mayTake(Slot slot) {
        return isOpen && slice.contains(slot.at()) && !touched.contains(slot) && touched.size() < MOST_TOUCHED;
    }
}
