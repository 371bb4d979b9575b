package io.sluice.sharder.placement;

import io.sluice.sharder.Resource;
import io.sluice.sharder.Slice;
import io.sluice.sharder.SliceKey;
import java.util.ArrayList;
import java.util.List;

/** The plan before anything is known: equal slices, neighbours together, to each pod as its capacity asks. */
final class FirstCut {
    private FirstCut() {}

    static Plan plan(Board board, Policy policy) {
        List<PodPlace> serving =
                board.pods().stream().filter(PodPlace::isServing).toList();
        double capacity = serving.stream().mapToDouble(PodPlace::capacity).sum();
        List<Slice> slices = cut(serving.size() * 2 * policy.fewestSlicesPerPod());
        List<PlannedSlice> planned = new ArrayList<>(slices.size());
        int at = 0;
        double upTo = serving.get(0).capacity();
        for (int i = 0; i < slices.size(); i++) {
            while (at < serving.size() - 1 && i * capacity / slices.size() >= upTo)
                upTo += serving.get(++at).capacity();
            Resource owner = serving.get(at).pod();
            planned.add(new PlannedSlice(slices.get(i), owner, List.of()));
        }
        return new Plan(planned, Churn.NONE);
    }

    /** At least so many, and a power of two, so that later halvings meet the same borders. */
    private static List<Slice> cut(int atLeast) {
        int bits = 32 - Integer.numberOfLeadingZeros(Math.max(1, atLeast - 1));
        long width = 1L << (64 - bits);
        List<Slice> slices = new ArrayList<>();
        for (long i = 0; i < 1L << bits; i++)
            slices.add(Slice.closed(new SliceKey(i * width), new SliceKey(i * width + width - 1)));
        return slices;
    }
}
