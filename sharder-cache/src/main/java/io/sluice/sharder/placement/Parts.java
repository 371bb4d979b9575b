package io.sluice.sharder.placement;

import io.sluice.sharder.Slice;
import io.sluice.sharder.SliceKey;
import io.sluice.sharder.load.HotKey;
import java.util.List;
import java.util.Optional;

/** Guesses how the load of a slice is spread inside, until the parts are measured on their own. */
final class Parts {
    private Parts() {}

    /** Known keys weigh what they weigh; the rest is spread evenly, on both sides of the cut if there is one. */
    static double of(double load, List<HotKey> keys, Optional<SliceKey> cut, Slice whole, Slice part) {
        double known = 0;
        double knownInPart = 0;
        for (HotKey key : keys) {
            known += key.atLeast();
            if (part.contains(key.key())) knownInPart += key.atLeast();
        }
        double all = Math.max(load, known);
        if (all <= 0) return spread(cut, whole, part);
        return (knownInPart + (all - known) * spread(cut, whole, part)) / all;
    }

    /** A part of a piece with its share of everything. */
    static Piece piece(Piece whole, long first, long last) {
        Slice slice = Slice.closed(new SliceKey(first), new SliceKey(last));
        double load = of(whole.load, whole.hotKeys, whole.cut, whole.slice(), slice);
        return whole.part(first, last, load, width(slice) / width(whole.slice()));
    }

    private static double spread(Optional<SliceKey> cut, Slice whole, Slice part) {
        if (cut.isEmpty() || !whole.contains(cut.get()) || cut.get().equals(whole.low()))
            return width(part) / width(whole);
        Slice below = Slice.of(whole.low(), cut.get());
        Slice above = Slice.closed(cut.get(), whole.last());
        return (covered(below, part) + covered(above, part)) / 2;
    }

    private static double covered(Slice half, Slice part) {
        return half.intersect(part).map(common -> width(common) / width(half)).orElse(0.0);
    }

    static double width(Slice slice) {
        double width = (double) (slice.last().bits() - slice.low().bits());
        return (width < 0 ? width + 0x1p64 : width) + 1;
    }
}
