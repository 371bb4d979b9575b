package io.sluice.sharder.assigner;

import io.sluice.sharder.Resource;
import io.sluice.sharder.load.Vitals;
import io.sluice.sharder.membership.HealthVotes;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Pods that renew their leases and are of no use all the same, because nobody gets through to them. Two of three must
 * say so, and go on saying so for longer than a lease lasts: a pod that has ended is found by its lease, which tells
 * more surely, and sooner.
 */
final class Doubts {
    private static final long CONVINCED_AFTER_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final Duration MEMORY = Duration.ofSeconds(10);

    private final HealthVotes votes = new HealthVotes(MEMORY);
    private final Map<Resource, Long> sinceNanos = new HashMap<>();
    /** Who did not reach somebody when it was last heard. */
    private final Set<Resource> accusers = new HashSet<>();

    private Set<Resource> onRoll = Set.of();

    /** Also a sign of life of its stream. */
    void heard(Resource pod) {
        votes.admit(pod);
        votes.heard(pod);
    }

    void told(Resource voter, Vitals vitals, long nowNanos) {
        boolean didAccuse = accusers.remove(voter);
        if (!vitals.unreachable().isEmpty()) accusers.add(voter);
        else if (!didAccuse) return;
        for (Resource pod : onRoll)
            if (vitals.unreachable().contains(pod.name())
                    || vitals.unreachable().contains(pod.address())) votes.refused(pod, voter, nowNanos);
            else votes.reached(pod, voter);
    }

    void streamBroke(Resource pod) {
        votes.streamBroke(pod);
        votes.dismiss(pod);
    }

    /** The store was asked who is there. */
    void look(Collection<Resource> roll, Hearsay hearsay, long nowNanos) {
        Set<Resource> now = new HashSet<>(roll);
        for (Resource pod : onRoll)
            if (!now.contains(pod)) {
                votes.forget(pod);
                votes.dismiss(pod);
            }
        onRoll = now;
        accusers.retainAll(onRoll);
        for (Resource pod : onRoll) {
            votes.watch(pod);
            votes.platform(pod, hearsay.isAway(pod));
            if (votes.isDead(pod, nowNanos)) sinceNanos.putIfAbsent(pod, nowNanos);
            // Nobody asks a pod that has nothing, so that nobody complains of it any more says nothing.
            else if (!areAbout(pod, nowNanos) || !votes.isSuspect(pod)) sinceNanos.remove(pod);
        }
        sinceNanos.keySet().retainAll(onRoll);
    }

    /** Whether the pod should be given nothing, and relieved of what it has. */
    boolean areAbout(Resource pod, long nowNanos) {
        Long since = sinceNanos.get(pod);
        return since != null && nowNanos - since >= CONVINCED_AFTER_NANOS;
    }
}
