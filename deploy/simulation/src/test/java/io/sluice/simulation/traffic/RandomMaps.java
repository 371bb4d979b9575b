package io.sluice.simulation.traffic;

import io.sluice.sharder.Resource;
import io.sluice.sharder.Slice;
import io.sluice.sharder.SliceKey;
import io.sluice.sharder.placement.PlannedSlice;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;

/** Small maps, and what they mean for one key after another. */
final class RandomMaps {
    private RandomMaps() {}

    static List<PlannedSlice> of(SplittableRandom random) {
        TreeSet<SliceKey> lows = new TreeSet<>(List.of(SliceKey.ROOT));
        // Few and coarse borders, so that the two maps often share one.
        for (int i = random.nextInt(6); i > 0; i--) lows.add(new SliceKey((long) random.nextInt(16) << 60));
        List<SliceKey> sorted = List.copyOf(lows);
        List<PlannedSlice> slices = new ArrayList<>();
        for (int i = 0; i < sorted.size(); i++) {
            Slice slice =
                    i + 1 < sorted.size() ? Slice.of(sorted.get(i), sorted.get(i + 1)) : Slice.from(sorted.get(i));
            List<Resource> seats = new ArrayList<>();
            for (int r = random.nextInt(3); r >= 0; r--) {
                int pod = random.nextInt(4);
                Resource seat = new Resource("pod-" + pod, "pod-" + pod, 1);
                if (!seats.contains(seat)) seats.add(seat);
            }
            slices.add(new PlannedSlice(slice, seats.get(0), seats.subList(1, seats.size())));
        }
        return slices;
    }

    static double churnByKey(List<PlannedSlice> before, List<PlannedSlice> after, Demand demand) {
        double moved = 0;
        for (int key = 0; key < demand.keys.count(); key++) {
            PlannedSlice former = at(before, demand.keys.hash[key]);
            PlannedSlice next = at(after, demand.keys.hash[key]);
            for (int pod = 0; pod < 4; pod++) {
                Resource seat = new Resource("pod-" + pod, "pod-" + pod, 1);
                double gain = share(next, seat, demand.writes) - share(former, seat, demand.writes);
                moved += Math.max(0, gain) * demand.rate[key];
            }
        }
        return moved / demand.total();
    }

    private static double share(PlannedSlice slice, Resource pod, double writes) {
        double reads = (1 - writes) / (1 + slice.replicas().size());
        if (slice.owner().equals(pod)) return writes + reads;
        return slice.replicas().contains(pod) ? reads : 0;
    }

    private static PlannedSlice at(List<PlannedSlice> map, long key) {
        return map.stream()
                .filter(slice -> slice.slice().contains(new SliceKey(key)))
                .findFirst()
                .orElseThrow();
    }
}
