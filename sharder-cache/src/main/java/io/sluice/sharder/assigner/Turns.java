package io.sluice.sharder.assigner;

import io.sluice.sharder.Assignment;
import io.sluice.sharder.Hold;
import io.sluice.sharder.LeaseTerms;
import io.sluice.sharder.Resource;
import io.sluice.sharder.Tenure;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/** How long the hand-overs under way have taken, counted from the moment we saw them in force. */
final class Turns {
    /** A successor that is not prepared after this long takes over all the same: colder, but the owner wants to go. */
    private static final long PREPARING_NANOS = TimeUnit.SECONDS.toNanos(20);

    private final LeaseTerms terms;
    private Map<Hold, Long> begunNanos = Map.of();
    // Asked with every heartbeat, so worked out once for each map.
    private Set<Resource> involved = Set.of();
    private Set<Resource> letGoing = Set.of();
    private NavigableSet<Long> endsNanos = new TreeSet<>();

    Turns(LeaseTerms terms) {
        this.terms = terms;
    }

    void begin(Assignment map, long nowNanos) {
        Map<Hold, Long> before = begunNanos;
        begunNanos = new HashMap<>();
        for (Tenure tenure : map.tenures())
            if (!tenure.hold().equals(Hold.FIRM))
                begunNanos.computeIfAbsent(tenure.hold(), hold -> before.getOrDefault(hold, nowNanos));
        involved = new HashSet<>();
        letGoing = new HashSet<>();
        endsNanos = new TreeSet<>();
        begunNanos.forEach(this::note);
    }

    private void note(Hold hold, long begun) {
        endsNanos.add(begun + lengthNanos(hold));
        if (hold instanceof Hold.HandingOver handing) involved.add(handing.successor());
        if (hold instanceof Hold.Awaiting awaiting) letGoing.add(awaiting.former());
    }

    boolean isAnyOver(long nowNanos) {
        return !endsNanos.isEmpty() && endsNanos.first() <= nowNanos;
    }

    /** Whether anything under way waits for the pod. */
    boolean involve(Resource pod) {
        return involved.contains(pod) || awaitLettingGo(pod);
    }

    /** Whether requests go unanswered until the pod has let go. */
    boolean awaitLettingGo(Resource pod) {
        return letGoing.contains(pod);
    }

    boolean isOver(Hold hold, long nowNanos) {
        Long begun = begunNanos.get(hold);
        return begun != null && nowNanos - begun >= lengthNanos(hold);
    }

    /** Whether the step was known to be taken by then. */
    boolean hadBegun(Hold hold, long atNanos) {
        Long begun = begunNanos.get(hold);
        return begun != null && begun <= atNanos;
    }

    long wakeAtNanos(long nowNanos) {
        Long next = endsNanos.higher(nowNanos);
        return next == null ? Long.MAX_VALUE : next;
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
