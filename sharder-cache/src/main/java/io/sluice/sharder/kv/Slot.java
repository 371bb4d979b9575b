package io.sluice.sharder.kv;

import io.sluice.sharder.SliceKey;
import java.util.Comparator;

/** Where an entry lies: its place in the key space, and its name. Sorted so that a slice is one range. */
record Slot(SliceKey at, String name) implements Comparable<Slot> {
    private static final Comparator<Slot> ORDER = Comparator.comparing(Slot::at).thenComparing(Slot::name);

    @Override
    public int compareTo(Slot other) {
        return ORDER.compare(this, other);
    }
}
