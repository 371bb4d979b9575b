package io.sluice.bench.sharder;

import io.sluice.bench.figure.Rounds;
import io.sluice.sharder.Resource;
import io.sluice.sharder.placement.Board;
import io.sluice.sharder.placement.PlacedSlice;
import io.sluice.sharder.placement.Plan;
import io.sluice.sharder.placement.Planner;
import io.sluice.sharder.placement.PodPlace;
import io.sluice.sharder.placement.Policy;
import io.sluice.sharder.placement.SliceLoad;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** The CPU of one round that has much to move. */
final class BigRound {
    private static final int TIMES = 7;

    private BigRound() {}

    static double cpuMillis(int podCount) {
        List<PodPlace> pods = IntStream.range(0, podCount)
                .mapToObj(i ->
                        PodPlace.serving(new Resource("pod-" + i, "pod-" + i + ":8080", 1), "zone-" + i % 3, 1_000))
                .toList();
        Planner planner = new Planner(Policy.DEFAULT);
        Plan first = planner.plan(new Board(List.of(), pods), 0, () -> true);
        double[] millis = new double[TIMES];
        for (int i = 0; i < TIMES; i++) millis[i] = cpuMillis(planner, uneven(first, pods, i));
        return Rounds.median(millis);
    }

    // Exponential loads at 60 % of the capacity: about one pod in six is above the tolerance.
    private static Board uneven(Plan first, List<PodPlace> pods, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double mean = 0.6 * 1_000 * pods.size() / first.slices().size();
        List<PlacedSlice> slices = first.slices().stream()
                .map(slice -> slice.with(SliceLoad.of(mean * random.nextExponential())))
                .toList();
        return new Board(slices, pods);
    }

    private static double cpuMillis(Planner planner, Board board) {
        long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        Plan plan = planner.plan(board, 1, () -> true);
        long took = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before;
        if (plan.isSameAs(board)) throw new IllegalStateException("the round moved nothing");
        return took / 1e6;
    }
}
