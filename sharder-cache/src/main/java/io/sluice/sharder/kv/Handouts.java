package io.sluice.sharder.kv;

import io.sluice.sharder.Slice;
import io.sluice.sharder.transfer.Cursor;
import io.sluice.sharder.transfer.StateProvider;
import io.sluice.sharder.transfer.StateReading;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Hands the entries of slices to their next owners. A hand-out is a list of slots: first those that were there when it
 * began, hottest first, then each that was changed since, in that order. A cursor is a place in the list; what is handed
 * out is whatever lies in the slot when it is read. Thread-safe.
 */
final class Handouts<V> implements StateProvider {
    private static final int MOST_HANDOUTS = 256;
    /** A slice that changes faster than it can be handed out is better left cold. */
    private static final int MOST_CHANGES = 100_000;

    private static final long FORGOTTEN_AFTER_NANOS = Duration.ofMinutes(1).toNanos();

    private final SliceStore<V> store;
    private final Codec<V> codec;
    private final LongSupplier nanos;
    private final Map<String, Handout> running = new HashMap<>();
    private final long life;
    private long begun;

    private static final class Handout {
        final Slice slice;
        final List<Slot> slots;
        final int there;
        long usedAtNanos;

        Handout(Slice slice, List<Slot> there, long nowNanos) {
            this.slice = slice;
            this.slots = new ArrayList<>(there);
            this.there = there.size();
            this.usedAtNanos = nowNanos;
        }
    }

    /** @param life of this process, so that no cursor of a former one is taken for ours */
    Handouts(SliceStore<V> store, Codec<V> codec, long life, LongSupplier nanos) {
        this.store = store;
        this.codec = codec;
        this.life = life;
        this.nanos = nanos;
    }

    @Override
    public synchronized Cursor prepare(Slice slice) {
        long now = nanos.getAsLong();
        forget(now);
        if (running.size() >= MOST_HANDOUTS)
            throw new IllegalStateException("this pod already hands out " + MOST_HANDOUTS + " slices");
        String id = life + "-" + ++begun;
        // A change that happens meanwhile waits for this lock, and is noted when the list is made.
        running.put(id, new Handout(slice, store.hottest(slice), now));
        return new Cursor(id + ":0");
    }

    @Override
    public synchronized StateReading read(Slice slice, Cursor cursor, int mostBytes) {
        int colon = cursor.text().lastIndexOf(':');
        Handout handout = colon < 0 ? null : running.get(cursor.text().substring(0, colon));
        if (handout == null) return new StateReading.CursorLost();
        handout.usedAtNanos = nanos.getAsLong();
        int from = Integer.parseInt(cursor.text().substring(colon + 1));
        EntryLayout layout = new EntryLayout();
        int at = from;
        while (at < handout.slots.size() && layout.size() < mostBytes) hand(handout, at++, layout);
        Cursor next = new Cursor(cursor.text().substring(0, colon + 1) + at);
        return new StateReading.Chunk(layout.toBuffer(), next, at == handout.slots.size());
    }

    @Override
    public synchronized void release(Slice slice, Cursor cursor) {
        running.remove(cursor.text().substring(0, Math.max(0, cursor.text().lastIndexOf(':'))));
    }

    /** An entry was put or removed. */
    synchronized void changed(Slot slot) {
        if (running.isEmpty()) return;
        running.values().removeIf(handout -> {
            if (!handout.slice.contains(slot.at())) return false;
            handout.slots.add(slot);
            return handout.slots.size() > handout.there + MOST_CHANGES;
        });
    }

    /** Whether somebody is pulling what lies in the slice. */
    synchronized boolean isHandingOut(Slice slice) {
        forget(nanos.getAsLong());
        return running.values().stream().anyMatch(handout -> handout.slice.overlaps(slice));
    }

    private void hand(Handout handout, int at, EntryLayout layout) {
        Slot slot = handout.slots.get(at);
        Optional<Entry<V>> entry = store.peek(slot);
        if (entry.isPresent()) layout.put(slot, entry.get().stored(codec, handout.usedAtNanos));
        // What ran out by itself does so on the other side, too.
        else if (at >= handout.there) layout.removed(slot);
    }

    private void forget(long nowNanos) {
        running.values().removeIf(handout -> nowNanos - handout.usedAtNanos > FORGOTTEN_AFTER_NANOS);
    }
}
