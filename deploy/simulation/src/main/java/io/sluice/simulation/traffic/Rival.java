package io.sluice.simulation.traffic;

import io.sluice.sharder.Resource;
import io.sluice.sharder.Slice;
import io.sluice.sharder.SliceKey;
import io.sluice.sharder.placement.Churn;
import io.sluice.sharder.placement.Plan;
import io.sluice.sharder.placement.PlannedSlice;
import io.sluice.sharder.placement.PodPlace;
import io.sluice.sharder.placement.RoundEvent;
import io.sluice.sharder.placement.Standing;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * What others do. All are shown the true load if they want any. Those that place single keys place slots of keys here:
 * enough of them that only the heaviest keys differ from their slot.
 */
public enum Rival {
    MODULO,
    RING_64,
    RING_1000,
    /** A ring where no pod takes more than 1.25 times the mean (Mirrokni, Thorup, Zadimoghaddam). */
    BOUNDED_RING,
    RENDEZVOUS,
    /** Slicer's weighted move, every minute. */
    WEIGHTED_MOVE;

    private static final int SLOT_BITS = 14;
    private static final double BOUND = 1.25;

    static Rival parse(String name) {
        try {
            return valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
        } catch (IllegalArgumentException unknown) {
            throw new IllegalArgumentException(
                    "there is no rule \"" + name
                            + "\". There are sluice, modulo, ring-64, ring-1000, bounded-ring, rendezvous, weighted-move.",
                    unknown);
        }
    }

    Rule rule(Demand demand) {
        return this == WEIGHTED_MOVE ? new WeightedMove(demand) : new Hashing(demand);
    }

    private final class Hashing implements Rule {
        private final Demand demand;
        private List<Resource> pods = List.of();

        Hashing(Demand demand) {
            this.demand = demand;
        }

        @Override
        public Optional<Plan> on(RoundEvent event, long nowNanos) {
            if (!(event instanceof RoundEvent.Members members)) return Optional.empty();
            List<Resource> next = serving(members);
            if (next.equals(pods)) return Optional.empty();
            pods = next;
            return Optional.of(plan());
        }

        @Override
        public Optional<Plan> advance(long nowNanos) {
            boolean isDue = nowNanos % TimeUnit.MINUTES.toNanos(1) == 0;
            return Rival.this == BOUNDED_RING && isDue ? Optional.of(plan()) : Optional.empty();
        }

        @Override
        public boolean isToldReports() {
            return false;
        }

        private Plan plan() {
            return new Plan(
                    switch (Rival.this) {
                        case RING_64 -> ring(64);
                        case RING_1000 -> ring(1_000);
                        case BOUNDED_RING -> boundedRing();
                        default -> slots();
                    },
                    Churn.NONE);
        }

        private List<PlannedSlice> slots() {
            List<PlannedSlice> slots = new ArrayList<>(1 << SLOT_BITS);
            for (long slot = 0; slot < 1L << SLOT_BITS; slot++)
                slots.add(new PlannedSlice(
                        slot(slot), Rival.this == MODULO ? byModulo(slot) : byRendezvous(slot), List.of()));
            return slots;
        }

        private Resource byModulo(long slot) {
            return pods.get((int) Long.remainderUnsigned(mix(slot), pods.size()));
        }

        private Resource byRendezvous(long slot) {
            Resource best = pods.get(0);
            for (Resource pod : pods) if (weight(pod, slot) > weight(best, slot)) best = pod;
            return best;
        }

        private List<PlannedSlice> ring(int points) {
            TreeMap<SliceKey, Resource> ring = points(points);
            List<PlannedSlice> slices = new ArrayList<>(ring.size() + 1);
            // Each point owns what lies between the one before it and itself; the first also what follows the last.
            SliceKey low = SliceKey.ROOT;
            for (Map.Entry<SliceKey, Resource> point : ring.entrySet()) {
                if (!point.getKey().equals(low))
                    slices.add(new PlannedSlice(Slice.of(low, point.getKey()), point.getValue(), List.of()));
                low = point.getKey();
            }
            slices.add(new PlannedSlice(Slice.from(low), ring.firstEntry().getValue(), List.of()));
            return slices;
        }

        private List<PlannedSlice> boundedRing() {
            TreeMap<SliceKey, Resource> ring = points(64);
            Map<Resource, Double> loads = new TreeMap<>();
            double most = BOUND * demand.total() / pods.size();
            List<PlannedSlice> slots = new ArrayList<>(1 << SLOT_BITS);
            for (long slot = 0; slot < 1L << SLOT_BITS; slot++) {
                Slice slice = slot(slot);
                double load = load(slice);
                Resource pod = firstWithRoom(ring, slice.low(), loads, most - load);
                loads.merge(pod, load, Double::sum);
                slots.add(new PlannedSlice(slice, pod, List.of()));
            }
            return slots;
        }

        private Resource firstWithRoom(
                TreeMap<SliceKey, Resource> ring, SliceKey from, Map<Resource, Double> loads, double most) {
            for (Resource pod : ring.tailMap(from).values()) if (loads.getOrDefault(pod, 0.0) <= most) return pod;
            for (Resource pod : ring.values()) if (loads.getOrDefault(pod, 0.0) <= most) return pod;
            // A single key can be heavier than the bound: then it has to be broken.
            return Optional.ofNullable(ring.ceilingEntry(from))
                    .orElse(ring.firstEntry())
                    .getValue();
        }

        private double load(Slice slice) {
            int end = slice.high().map(high -> demand.keys.indexOf(high.bits())).orElse(demand.keys.count());
            return demand.between(demand.keys.indexOf(slice.low().bits()), end);
        }

        private TreeMap<SliceKey, Resource> points(int each) {
            TreeMap<SliceKey, Resource> ring = new TreeMap<>();
            for (Resource pod : pods) for (int i = 0; i < each; i++) ring.put(new SliceKey(mix(weight(pod, i))), pod);
            return ring;
        }
    }

    static List<Resource> serving(RoundEvent.Members members) {
        return members.pods().stream()
                .filter(place -> place.standing() == Standing.SERVING)
                .map(PodPlace::pod)
                .sorted()
                .toList();
    }

    private static Slice slot(long slot) {
        long width = 1L << (64 - SLOT_BITS);
        return Slice.closed(new SliceKey(slot * width), new SliceKey(slot * width + width - 1));
    }

    private static long weight(Resource pod, long slot) {
        return mix(mix(pod.name().hashCode()) + slot);
    }

    private static long mix(long number) {
        long z = number * 0x9E3779B97F4A7C15L + 0x632BE59BD9B4E019L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
