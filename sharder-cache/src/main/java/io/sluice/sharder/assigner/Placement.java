package io.sluice.sharder.assigner;

import io.sluice.sharder.Resource;
import io.sluice.sharder.Slice;
import io.sluice.sharder.SliceKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which pod should own which slice. Counts slices, knows no load yet. Pure and deterministic: equal input gives equal
 * output.
 */
final class Placement {
    // Enough that the pods differ by at most an eighth of their slices, few enough that a map stays small.
    static final int FEWEST_SLICES_PER_POD = 8;
    static final int FIRST_SLICES_PER_POD = 32;

    enum Wish {
        OWNERS_FOR_ALL,
        BALANCE
    }

    private Placement() {}

    /** Equal slices, a power of two of them so that later halvings meet the same borders. */
    static List<Slice> cut(int pods) {
        int bits = 32 - Integer.numberOfLeadingZeros(pods * FIRST_SLICES_PER_POD - 1);
        long width = 1L << (64 - bits);
        List<Slice> slices = new ArrayList<>();
        for (long i = 0; i < 1L << bits; i++)
            slices.add(Slice.closed(new SliceKey(i * width), new SliceKey(i * width + width - 1)));
        return slices;
    }

    /** Whether there are too few slices to share among so many pods. */
    static boolean tooCoarse(int slices, int pods) {
        return slices < FEWEST_SLICES_PER_POD * pods;
    }

    static List<Slice> halves(Slice slice) {
        long middle = slice.low().bits() + ((slice.last().bits() - slice.low().bits()) >>> 1) + 1;
        return List.of(
                Slice.closed(slice.low(), new SliceKey(middle - 1)), Slice.closed(new SliceKey(middle), slice.last()));
    }

    /** Neighbouring slices to the same pod, equal numbers to all. */
    static List<Resource> first(int slices, List<Resource> pods) {
        List<Resource> owners = new ArrayList<>(slices);
        for (int i = 0; i < slices; i++) owners.add(pods.get((int) ((long) i * pods.size() / slices)));
        return owners;
    }

    /**
     * New owners with as few moves as can be: what nobody in {@code pods} owns goes to whoever has least, and then the
     * fullest gives to the emptiest until they differ by one at most.
     */
    static List<Resource> rebalance(List<Resource> owners, Collection<Resource> pods, Wish wish) {
        List<Resource> result = new ArrayList<>(owners);
        Map<Resource, Share> shares = shares(owners, pods);
        for (int slice = 0; slice < owners.size(); slice++)
            if (!shares.containsKey(owners.get(slice))) give(slice, emptiest(shares), result);
        while (wish == Wish.BALANCE && fullest(shares).size() - emptiest(shares).size() > 1)
            give(fullest(shares).takeLast(), emptiest(shares), result);
        return result;
    }

    private static void give(int slice, Share share, List<Resource> owners) {
        share.slices().add(slice);
        owners.set(slice, share.pod());
    }

    // Sorted, so that ties fall the same way each time.
    private static Map<Resource, Share> shares(List<Resource> owners, Collection<Resource> pods) {
        Map<Resource, Share> shares = new TreeMap<>();
        pods.forEach(pod -> shares.put(pod, new Share(pod, new ArrayList<>())));
        for (int slice = 0; slice < owners.size(); slice++) {
            Share share = shares.get(owners.get(slice));
            if (share != null) share.slices().add(slice);
        }
        return shares;
    }

    private static Share emptiest(Map<Resource, Share> shares) {
        return Collections.min(shares.values(), Comparator.comparingInt(Share::size));
    }

    private static Share fullest(Map<Resource, Share> shares) {
        return Collections.max(shares.values(), Comparator.comparingInt(Share::size));
    }

    /** The slices of one pod, by number. */
    private record Share(Resource pod, List<Integer> slices) {
        int size() {
            return slices.size();
        }

        int takeLast() {
            return slices.remove(slices.size() - 1);
        }
    }
}
