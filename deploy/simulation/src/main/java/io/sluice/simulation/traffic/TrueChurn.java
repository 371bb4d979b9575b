package io.sluice.simulation.traffic;

import io.sluice.sharder.Resource;
import io.sluice.sharder.placement.PlannedSlice;
import java.util.List;

/** The part of the true load that a change of the map moves to pods which did not serve it before. */
final class TrueChurn {
    private TrueChurn() {}

    static double between(List<PlannedSlice> before, List<PlannedSlice> after, Demand demand) {
        double moved = 0;
        int b = 0;
        int from = 0;
        for (PlannedSlice next : after) {
            int end = next.slice()
                    .high()
                    .map(high -> demand.keys.indexOf(high.bits()))
                    .orElse(demand.keys.count());
            while (true) {
                PlannedSlice former = before.get(b);
                int formerEnd = former.slice()
                        .high()
                        .map(high -> demand.keys.indexOf(high.bits()))
                        .orElse(demand.keys.count());
                int to = Math.min(end, formerEnd);
                if (!sameSeats(former, next)) moved += demand.between(from, to) * gained(former, next, demand.writes);
                from = to;
                boolean formerEnds = last(former) != -1 && Long.compareUnsigned(last(former), last(next)) <= 0;
                if (formerEnds) b++;
                if (Long.compareUnsigned(last(next), last(former)) <= 0) break;
            }
        }
        return moved / demand.total();
    }

    private static long last(PlannedSlice slice) {
        return slice.slice().last().bits();
    }

    private static boolean sameSeats(PlannedSlice a, PlannedSlice b) {
        return a.owner().equals(b.owner()) && a.replicas().equals(b.replicas());
    }

    private static double gained(PlannedSlice former, PlannedSlice next, double writes) {
        double gained = Math.max(0, share(next, next.owner(), writes) - share(former, next.owner(), writes));
        for (Resource pod : next.replicas())
            gained += Math.max(0, share(next, pod, writes) - share(former, pod, writes));
        return gained;
    }

    private static double share(PlannedSlice slice, Resource pod, double writes) {
        double reads = (1 - writes) / (1 + slice.replicas().size());
        if (slice.owner().equals(pod)) return reads + writes;
        return slice.replicas().contains(pod) ? reads : 0;
    }
}
