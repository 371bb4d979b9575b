package io.sluice.sharder;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who serves which slice, at one generation. Covers the whole key space, each key once; only {@link #NONE}, from before
 * the first assignment, covers nothing. Immutable.
 *
 * <p>Look-ups search a sorted array of longs and hand out what was built once, so they allocate nothing.
 */
public final class Assignment {
    public static final Assignment NONE = new Assignment();

    private final Generation generation;
    private final List<Tenure> tenures;
    // Lowest keys with the sign bit flipped: signed comparison then gives the unsigned order.
    private final long[] lows;
    private final List<Optional<Resource>> owners;
    private final int checksum;

    private Assignment() {
        this.generation = Generation.ZERO;
        this.tenures = List.of();
        this.lows = new long[0];
        this.owners = List.of();
        this.checksum = Checksums.of(Generation.ZERO, List.of());
    }

    public Assignment(Generation generation, List<Tenure> tenures) {
        if (!covers(tenures))
            throw new IllegalArgumentException("slices do not cover the key space once, in order: " + tenures);
        this.generation = generation;
        this.tenures = List.copyOf(tenures);
        this.lows = tenures.stream().mapToLong(t -> flipped(t.slice().low())).toArray();
        this.owners = ownersOf(tenures);
        this.checksum = Checksums.of(generation, tenures);
    }

    /** Whether the slices follow one another from the lowest key to the end, without gap or overlap. */
    public static boolean covers(List<Tenure> tenures) {
        if (tenures.isEmpty()
                || !tenures.get(0).slice().low().equals(SliceKey.ROOT)
                || tenures.get(tenures.size() - 1).slice().high().isPresent()) return false;
        for (int i = 1; i < tenures.size(); i++)
            if (!tenures.get(i - 1).slice().meets(tenures.get(i).slice())) return false;
        return true;
    }

    public Generation generation() {
        return generation;
    }

    public boolean isEmpty() {
        return tenures.isEmpty();
    }

    public List<Tenure> tenures() {
        return tenures;
    }

    /** Of generation, slices and owners: two pods with equal checksums hold the same map. */
    public int checksum() {
        return checksum;
    }

    /** The pod to ask for a key; empty before the first assignment. Allocates nothing. */
    public Optional<Resource> ownerOf(SliceKey key) {
        return isEmpty() ? Optional.empty() : owners.get(indexOf(key));
    }

    /**
     * The tenure that contains the key. Allocates nothing. Requires an assignment that is not empty.
     */
    public Tenure tenureOf(SliceKey key) {
        return tenures.get(indexOf(key));
    }

    // Halves without a branch that depends on the key: a wrong guess of the processor costs more than a comparison.
    private int indexOf(SliceKey key) {
        long wanted = flipped(key);
        int first = 0;
        for (int length = lows.length; length > 1; ) {
            int half = length >>> 1;
            first += lows[first + half] <= wanted ? half : 0;
            length -= half;
        }
        return first;
    }

    private static long flipped(SliceKey key) {
        return key.bits() ^ Long.MIN_VALUE;
    }

    private static List<Optional<Resource>> ownersOf(List<Tenure> tenures) {
        Map<Resource, Optional<Resource>> known = new HashMap<>();
        return tenures.stream()
                .map(t -> known.computeIfAbsent(t.owner(), Optional::of))
                .toList();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Assignment that && generation.equals(that.generation) && tenures.equals(that.tenures);
    }

    @Override
    public int hashCode() {
        return checksum;
    }

    @Override
    public String toString() {
        return "assignment " + generation + " " + tenures;
    }
}
