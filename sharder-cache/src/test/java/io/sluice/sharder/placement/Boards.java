package io.sluice.sharder.placement;

import io.sluice.sharder.Resource;
import io.sluice.sharder.Slice;
import io.sluice.sharder.SliceKey;
import io.sluice.sharder.load.HotKey;
import io.sluice.sharder.testkit.Maps;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeSet;

/** Boards to plan from. */
final class Boards {
    static final double CAPACITY = 100;
    private static final Policy POLICY = Policy.DEFAULT;

    private Boards() {}

    static List<PodPlace> pods(int count, int zones) {
        List<PodPlace> pods = new ArrayList<>();
        for (int i = 0; i < count; i++) pods.add(PodPlace.serving(Maps.pod("pod-" + i), "zone-" + i % zones, CAPACITY));
        return pods;
    }

    /** What the planner makes of these pods before any load is known, with a load for each slice. */
    static Board even(List<PodPlace> pods, double utilisation) {
        Plan first = new Planner(POLICY).plan(new Board(List.of(), pods), 0, () -> true);
        double each = utilisation * CAPACITY * pods.size() / first.slices().size();
        return new Board(
                first.slices().stream()
                        .map(slice -> slice.with(SliceLoad.of(each)))
                        .toList(),
                pods);
    }

    static Board withLoad(Board board, int slice, SliceLoad load) {
        List<PlacedSlice> slices = new ArrayList<>(board.slices());
        PlacedSlice former = slices.get(slice);
        slices.set(slice, new PlacedSlice(former.slice(), former.owner(), former.replicas(), load));
        return new Board(slices, board.pods());
    }

    /** Anything that may come up: dead owners, pods that leave, replicas, hot keys, writes, small pods, tight memory. */
    static Board random(SplittableRandom random) {
        int count = 2 + random.nextInt(10);
        int zones = 1 + random.nextInt(3);
        List<PodPlace> pods = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Standing standing = i > 0 && random.nextInt(6) == 0 ? Standing.LEAVING : Standing.SERVING;
            long byteLimit = random.nextInt(3) == 0 ? 20_000 + random.nextInt(50_000) : Long.MAX_VALUE;
            double capacity = CAPACITY * (0.5 + random.nextDouble());
            // Some replace one that serves, one that is dead, or one that replaces another.
            int other = random.nextInt(count + 2);
            Optional<Resource> replaces = i > 0 && other != i && random.nextInt(5) == 0
                    ? Optional.of(Maps.pod("pod-" + other))
                    : Optional.empty();
            pods.add(new PodPlace(Maps.pod("pod-" + i), "zone-" + i % zones, capacity, byteLimit, standing, replaces));
        }
        return new Board(slices(random, count + 2), pods);
    }

    private static List<PlacedSlice> slices(SplittableRandom random, int owners) {
        TreeSet<SliceKey> lows = new TreeSet<>(List.of(SliceKey.ROOT));
        int borders = random.nextInt(60);
        for (int i = 0; i < borders; i++)
            lows.add(new SliceKey(random.nextInt(4) == 0 ? random.nextInt(50) : random.nextLong()));
        List<SliceKey> sorted = List.copyOf(lows);
        List<PlacedSlice> slices = new ArrayList<>();
        for (int i = 0; i < sorted.size(); i++) {
            Slice slice =
                    i + 1 < sorted.size() ? Slice.of(sorted.get(i), sorted.get(i + 1)) : Slice.from(sorted.get(i));
            List<Resource> seats = new ArrayList<>();
            int replicas = random.nextInt(5) == 0 ? random.nextInt(owners) : 0;
            for (int r = 0; r <= replicas; r++) {
                Resource pod = Maps.pod("pod-" + random.nextInt(owners));
                if (!seats.contains(pod)) seats.add(pod);
            }
            slices.add(new PlacedSlice(slice, seats.get(0), seats.subList(1, seats.size()), load(random, slice)));
        }
        return slices;
    }

    private static SliceLoad load(SplittableRandom random, Slice slice) {
        double load = random.nextInt(4) == 0 ? 0 : random.nextExponential() * 15;
        double writes = random.nextInt(3) == 0 ? load * random.nextDouble() : 0;
        List<HotKey> hot = random.nextInt(6) == 0
                ? List.of(
                        new HotKey(slice.last(), load * 0.6, load * 0.8, 0),
                        new HotKey(slice.low(), load * 0.1, load * 0.2, 0))
                : List.of();
        return new SliceLoad(
                load, writes, random.nextInt(2_000), hot.stream().distinct().toList(), Optional.empty());
    }
}
