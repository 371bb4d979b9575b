package io.sluice.sharder;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Half-open range of the key space, {@code [low .. high)}. Never empty.
 *
 * @param high empty for the end of the key space
 */
public record Slice(SliceKey low, Optional<SliceKey> high) {
    /** The whole key space. */
    public static final Slice ALL = new Slice(SliceKey.ROOT, Optional.empty());

    public Slice {
        if (high.isPresent() && low.compareTo(high.get()) >= 0)
            throw new IllegalArgumentException("slice is empty: low " + low + " is not below high " + high.get());
    }

    public static Slice of(SliceKey low, SliceKey high) {
        return new Slice(low, Optional.of(high));
    }

    public static Slice from(SliceKey low) {
        return new Slice(low, Optional.empty());
    }

    /** The range {@code [first .. last]}, both ends included. */
    public static Slice closed(SliceKey first, SliceKey last) {
        // The key after the last one of all is 2^64, which wraps to 0.
        return last.bits() == -1 ? from(first) : of(first, new SliceKey(last.bits() + 1));
    }

    /** The highest key inside. */
    public SliceKey last() {
        return high.isPresent() ? new SliceKey(high.get().bits() - 1) : new SliceKey(-1);
    }

    public boolean contains(SliceKey key) {
        return low.compareTo(key) <= 0 && key.compareTo(last()) <= 0;
    }

    public boolean contains(Slice other) {
        return contains(other.low) && contains(other.last());
    }

    public boolean overlaps(Slice other) {
        return low.compareTo(other.last()) <= 0 && other.low.compareTo(last()) <= 0;
    }

    /** What both cover, if anything. */
    public Optional<Slice> intersect(Slice other) {
        if (!overlaps(other)) return Optional.empty();
        SliceKey first = low.compareTo(other.low) >= 0 ? low : other.low;
        SliceKey last = last().compareTo(other.last()) <= 0 ? last() : other.last();
        return Optional.of(closed(first, last));
    }

    /** What is left when {@code taken} is gone: up to two parts, in order. */
    public List<Slice> minus(Slice taken) {
        if (!overlaps(taken)) return List.of(this);
        List<Slice> rest = new ArrayList<>(2);
        if (low.compareTo(taken.low) < 0) rest.add(of(low, taken.low));
        if (taken.last().compareTo(last()) < 0) rest.add(closed(taken.high.orElseThrow(), last()));
        return rest;
    }

    /** Whether {@code next} begins where this one ends. */
    public boolean meets(Slice next) {
        return high.isPresent() && high.get().equals(next.low);
    }

    @Override
    public String toString() {
        return "[" + low + " .. " + high.map(SliceKey::toString).orElse("end") + ")";
    }
}
