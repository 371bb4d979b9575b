package io.sluice.simulation.traffic;

import io.sluice.sharder.Resource;
import io.sluice.sharder.Slice;
import io.sluice.sharder.SliceKey;
import io.sluice.sharder.placement.Churn;
import io.sluice.sharder.placement.Plan;
import io.sluice.sharder.placement.PlannedSlice;
import io.sluice.sharder.placement.RoundEvent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Slicer's weighted move (OSDI 2016), shown the true load: every minute, slices are merged while there are more than 50
 * per pod (at most 1 % of the keys), moved from the fullest to the emptiest pod while that helps (at most 9 % of the
 * keys), and split where they have twice the mean load while there are fewer than 150 per pod. One pod per slice.
 */
final class WeightedMove implements Rule {
    private static final int MERGE_ABOVE = 50;
    private static final int SPLIT_BELOW = 150;
    private static final double MERGED_KEYS = 0.01;
    private static final double MOVED_KEYS = 0.09;

    private final Demand demand;
    private List<Resource> pods = List.of();
    private List<Held> slices = new ArrayList<>();

    private static final class Held {
        final Slice slice;
        final double load;
        Resource owner;

        Held(Slice slice, double load, Resource owner) {
            this.slice = slice;
            this.load = load;
            this.owner = owner;
        }
    }

    WeightedMove(Demand demand) {
        this.demand = demand;
    }

    @Override
    public boolean isToldReports() {
        return false;
    }

    @Override
    public Optional<Plan> on(RoundEvent event, long nowNanos) {
        if (!(event instanceof RoundEvent.Members members)) return Optional.empty();
        List<Resource> next = Rival.serving(members);
        if (next.equals(pods)) return Optional.empty();
        pods = next;
        if (slices.isEmpty()) begin();
        return Optional.of(round());
    }

    @Override
    public Optional<Plan> advance(long nowNanos) {
        return nowNanos % TimeUnit.MINUTES.toNanos(1) == 0 ? Optional.of(round()) : Optional.empty();
    }

    private void begin() {
        int count = Integer.highestOneBit(pods.size() * MERGE_ABOVE);
        long width = Long.divideUnsigned(-1L, count) + 1;
        for (int i = 0; i < count; i++)
            slices.add(held(Slice.closed(new SliceKey(i * width), new SliceKey(i * width + width - 1)), pods.get((int)
                    ((long) i * pods.size() / count))));
    }

    private Plan round() {
        List<Held> fresh = new ArrayList<>();
        for (Held held : slices) fresh.add(held(held.slice, held.owner));
        slices = fresh;
        Map<Resource, Double> loads = loads();
        for (Held held : slices) if (!loads.containsKey(held.owner)) move(held, emptiest(loads), loads);
        merge();
        balance(loads());
        split();
        return new Plan(
                slices.stream()
                        .map(held -> new PlannedSlice(held.slice, held.owner, List.of()))
                        .toList(),
                Churn.NONE);
    }

    private void merge() {
        int surplus = slices.size() - MERGE_ABOVE * pods.size();
        double mean = demand.total() / slices.size();
        double keys = MERGED_KEYS * 0x1p64;
        List<Held> merged = new ArrayList<>();
        for (Held held : slices) {
            Held former = merged.isEmpty() ? null : merged.get(merged.size() - 1);
            boolean joins = surplus > 0 && former != null && former.load + held.load < mean;
            if (joins && former != null && (former.owner.equals(held.owner) || keys > width(held.slice))) {
                if (!former.owner.equals(held.owner)) keys -= width(held.slice);
                merged.set(merged.size() - 1, held(Slice.closed(former.slice.low(), held.slice.last()), former.owner));
                surplus--;
            } else merged.add(held);
        }
        slices = merged;
    }

    private void balance(Map<Resource, Double> loads) {
        double keys = MOVED_KEYS * 0x1p64;
        while (true) {
            Resource full = fullest(loads);
            Resource empty = emptiest(loads);
            double gap = loads.getOrDefault(full, 0.0) - loads.getOrDefault(empty, 0.0);
            double left = keys;
            Optional<Held> best = slices.stream()
                    .filter(held ->
                            held.owner.equals(full) && held.load > 0 && held.load < gap && width(held.slice) <= left)
                    .max(Comparator.comparingDouble(held -> Math.min(held.load, gap - held.load) / width(held.slice)));
            if (best.isEmpty() || gap < 0.02 * demand.total() / pods.size()) return;
            keys -= width(best.get().slice);
            move(best.get(), empty, loads);
        }
    }

    private void split() {
        double mean = demand.total() / slices.size();
        List<Held> split = new ArrayList<>();
        int room = SPLIT_BELOW * pods.size() - slices.size();
        for (Held held : slices) {
            boolean isHeavy = held.load >= 2 * mean && !held.slice.low().equals(held.slice.last());
            if (!isHeavy || room-- <= 0) {
                split.add(held);
                continue;
            }
            long low = held.slice.low().bits();
            long middle = low + ((held.slice.last().bits() - low) >>> 1);
            split.add(held(Slice.closed(held.slice.low(), new SliceKey(middle)), held.owner));
            split.add(held(Slice.closed(new SliceKey(middle + 1), held.slice.last()), held.owner));
        }
        slices = split;
    }

    private Held held(Slice slice, Resource owner) {
        int end = slice.high().map(high -> demand.keys.indexOf(high.bits())).orElse(demand.keys.count());
        return new Held(slice, demand.between(demand.keys.indexOf(slice.low().bits()), end), owner);
    }

    private Map<Resource, Double> loads() {
        Map<Resource, Double> loads = new HashMap<>();
        pods.forEach(pod -> loads.put(pod, 0.0));
        for (Held held : slices) loads.computeIfPresent(held.owner, (pod, load) -> load + held.load);
        return loads;
    }

    private void move(Held held, Resource to, Map<Resource, Double> loads) {
        loads.computeIfPresent(held.owner, (pod, load) -> load - held.load);
        loads.computeIfPresent(to, (pod, load) -> load + held.load);
        held.owner = to;
    }

    private Resource fullest(Map<Resource, Double> loads) {
        return pods.stream()
                .max(Comparator.comparingDouble(pod -> loads.getOrDefault(pod, 0.0)))
                .orElseThrow();
    }

    private Resource emptiest(Map<Resource, Double> loads) {
        return pods.stream()
                .min(Comparator.comparingDouble(pod -> loads.getOrDefault(pod, 0.0)))
                .orElseThrow();
    }

    private static double width(Slice slice) {
        double width = (double) (slice.last().bits() - slice.low().bits());
        return (width < 0 ? width + 0x1p64 : width) + 1;
    }
}
