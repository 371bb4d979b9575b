package io.sluice.sharder.assigner;

import io.sluice.sharder.Assignment;
import io.sluice.sharder.Hold;
import io.sluice.sharder.LeaseTerms;
import io.sluice.sharder.Resource;
import io.sluice.sharder.Tenure;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** How long the hand-overs under way have taken, counted from the moment we saw them in force. */
final class Turns {
    /** A successor that is not prepared after this long takes over all the same: colder, but the owner wants to go. */
    private static final long PREPARING_NANOS = TimeUnit.SECONDS.toNanos(20);

    private final LeaseTerms terms;
    private final Map<Hold, Long> begunNanos = new HashMap<>();

    Turns(LeaseTerms terms) {
        this.terms = terms;
    }

    void begin(Assignment map, long nowNanos) {
        Map<Hold, Long> before = Map.copyOf(begunNanos);
        begunNanos.clear();
        for (Tenure tenure : map.tenures())
            if (!tenure.hold().equals(Hold.FIRM))
                begunNanos.put(tenure.hold(), before.getOrDefault(tenure.hold(), nowNanos));
    }

    boolean isAnyOver(long nowNanos) {
        return begunNanos.keySet().stream().anyMatch(hold -> isOver(hold, nowNanos));
    }

    /** Whether anything under way waits for the pod. */
    boolean involve(Resource pod) {
        return begunNanos.keySet().stream().anyMatch(hold -> waitsFor(hold, pod));
    }

    private static boolean waitsFor(Hold hold, Resource pod) {
        return hold instanceof Hold.Awaiting awaiting
                ? awaiting.former().equals(pod)
                : hold instanceof Hold.HandingOver handing
                        && handing.successor().equals(pod);
    }

    boolean isOver(Hold hold, long nowNanos) {
        Long begun = begunNanos.get(hold);
        return begun != null && nowNanos - begun >= lengthNanos(hold);
    }

    long wakeAtNanos(long nowNanos) {
        return begunNanos.entrySet().stream()
                .mapToLong(turn -> turn.getValue() + lengthNanos(turn.getKey()))
                .filter(endNanos -> endNanos > nowNanos)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    /** Whether the map says anything of the pod. */
    boolean names(Assignment map, Resource pod) {
        return map.tenures().stream()
                .anyMatch(t -> t.owner().equals(pod)
                        || t.replicas().contains(pod)
                        || (t.hold() instanceof Hold.Awaiting awaiting
                                && awaiting.former().equals(pod)));
    }

    private long lengthNanos(Hold hold) {
        return hold instanceof Hold.Awaiting ? terms.grantedNanos() : PREPARING_NANOS;
    }
}
