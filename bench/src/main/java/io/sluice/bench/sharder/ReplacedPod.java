package io.sluice.bench.sharder;

import io.sluice.sharder.Assignment;
import io.sluice.sharder.AssignmentDiff;
import io.sluice.sharder.Generation;
import io.sluice.sharder.Hold;
import io.sluice.sharder.Resource;
import io.sluice.sharder.Tenure;
import io.sluice.sharder.grpc.WireSize;
import io.sluice.sharder.placement.Board;
import io.sluice.sharder.placement.Plan;
import io.sluice.sharder.placement.Planner;
import io.sluice.sharder.placement.PodPlace;
import io.sluice.sharder.placement.Policy;
import io.sluice.sharder.placement.SliceLoad;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What every subscriber is sent when one of many pods is replaced by its pair: that the new pod is to prepare
 * for the slices, that they are its as soon as the old one has let go, and that it holds them.
 */
record ReplacedPod(int differenceBytes, int snapshotBytes) {
    static ReplacedPod of(int count) {
        Planner planner = new Planner(Policy.DEFAULT);
        List<PodPlace> pods = new ArrayList<>(
                IntStream.range(0, count).mapToObj(ReplacedPod::pod).toList());
        Plan first = planner.plan(new Board(List.of(), pods), 0, () -> true);
        PodPlace former = pods.get(count / 2);
        pods.set(count / 2, former.leaving());
        pods.add(pod(count).replacing(former.pod()));
        Board board = new Board(
                first.slices().stream()
                        .map(slice -> slice.with(SliceLoad.of(1)))
                        .toList(),
                pods);
        Plan next = planner.plan(board, 0, () -> true);

        Assignment before = assignment(1, first, Set.of(), Hold.FIRM);
        Set<Resource> taker = Set.of(pods.get(count).pod());
        Resource leaver = former.pod();
        // The slices are told three times: to be prepared for, to be waited for, to be served.
        Assignment preparing = assignment(
                2, first, Set.of(leaver), new Hold.HandingOver(pods.get(count).pod(), generation(2)));
        Assignment awaiting = assignment(3, next, taker, new Hold.Awaiting(leaver, generation(3)));
        Assignment after = assignment(4, next, taker, Hold.FIRM);
        int bytes = WireSize.of(AssignmentDiff.between(before, preparing))
                + WireSize.of(AssignmentDiff.between(preparing, awaiting))
                + WireSize.of(AssignmentDiff.between(awaiting, after));
        return new ReplacedPod(bytes, WireSize.of(after));
    }

    private static PodPlace pod(int number) {
        String name = "catalog-%d".formatted(number);
        return PodPlace.serving(
                new Resource(
                        name, "10.0.%d.%d:8080".formatted(number / 250, number % 250), 1_764_000_000_000L + number),
                "zone-" + number % 3,
                1_000);
    }

    private static Assignment assignment(long number, Plan plan, Set<Resource> takers, Hold hold) {
        return plan.slices().stream()
                .map(slice -> takers.contains(slice.owner())
                        ? new Tenure(slice.slice(), slice.owner(), generation(number == 2 ? 1 : 3), hold)
                        : new Tenure(slice.slice(), slice.owner(), generation(1), Hold.FIRM))
                .collect(Collectors.collectingAndThen(
                        Collectors.toList(), tenures -> new Assignment(generation(number), tenures)));
    }

    private static Generation generation(long number) {
        return new Generation(1_764_000_000_000L, number);
    }
}
