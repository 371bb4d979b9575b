package io.sluice.sharder.assigner;

import io.sluice.sharder.LeaseTerms;
import io.sluice.sharder.Resource;
import io.sluice.sharder.placement.PlannedSlice;
import io.sluice.sharder.placement.PodPlace;
import io.sluice.sharder.placement.Standing;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BiPredicate;

/**
 * The pods as placement is to see them. A restart is the arrival of one pod and the departure of another: who arrives is
 * matched with who leaves, so that slices go over as they are and nothing else moves. In a rolling update the new pod
 * comes first and the old one is told to stop a moment later; so one that has just come, where others serve already, is
 * kept back for that moment.
 */
final class Roster {
    /** From joining: whoever restarts pods sees the new one ready some seconds later, and on a busy machine more. */
    private static final long KEPT_BACK_NANOS = TimeUnit.SECONDS.toNanos(15);

    private final LeaseTerms terms;
    private final Hearsay hearsay;
    private final Map<Resource, Resource> replacedBy = new HashMap<>();
    private final Map<Resource, Long> arrivedNanos = new HashMap<>();

    Roster(LeaseTerms terms, Hearsay hearsay) {
        this.terms = terms;
        this.hearsay = hearsay;
    }

    /** @param takers the pods that want slices */
    List<PodPlace> places(Collection<Member> members, Set<Resource> takers, List<PlannedSlice> wanted, long nowNanos) {
        Set<Resource> owners = new LinkedHashSet<>();
        wanted.forEach(slice -> owners.add(slice.owner()));
        pair(takers, owners);
        arrivedNanos.keySet().retainAll(takers);
        boolean othersServe = takers.stream().anyMatch(owners::contains);
        List<PodPlace> places = new ArrayList<>();
        for (Member member : members) {
            if (!member.isAlive(terms)) continue;
            boolean takes = takers.contains(member.pod);
            boolean waits = takes && othersServe && isKeptBack(member.pod, owners, nowNanos);
            if (!waits) places.add(place(member, takes ? Standing.SERVING : Standing.LEAVING));
        }
        return places;
    }

    /** When somebody who was kept back is to be let in. */
    long wakeAtNanos(long nowNanos) {
        return arrivedNanos.values().stream()
                .mapToLong(arrived -> arrived + KEPT_BACK_NANOS)
                .filter(at -> at > nowNanos)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    private void pair(Set<Resource> takers, Set<Resource> owners) {
        replacedBy.entrySet().removeIf(pair -> !owners.contains(pair.getKey()) || !takers.contains(pair.getValue()));
        Set<Resource> free = new LinkedHashSet<>();
        for (Resource taker : takers) if (!owners.contains(taker) && !replacedBy.containsValue(taker)) free.add(taker);
        // Best the same pod in its next life, or whom the platform names; else whoever has just come.
        pair(takers, owners, free, (owner, pod) -> pod.name().equals(owner.name()) || hearsay.isPair(owner, pod));
        pair(takers, owners, free, (owner, pod) -> true);
    }

    private void pair(
            Set<Resource> takers, Set<Resource> owners, Set<Resource> free, BiPredicate<Resource, Resource> belong) {
        for (Resource owner : owners) {
            if (takers.contains(owner) || replacedBy.containsKey(owner)) continue;
            Optional<Resource> replacement =
                    free.stream().filter(pod -> belong.test(owner, pod)).findFirst();
            replacement.ifPresent(pod -> replacedBy.put(owner, pod));
            replacement.ifPresent(free::remove);
        }
    }

    private boolean isKeptBack(Resource pod, Set<Resource> owners, long nowNanos) {
        if (owners.contains(pod) || replacedBy.containsValue(pod)) return false;
        return nowNanos - arrivedNanos.computeIfAbsent(pod, p -> nowNanos) < KEPT_BACK_NANOS;
    }

    private PodPlace place(Member member, Standing standing) {
        Optional<Resource> replaces = replacedBy.entrySet().stream()
                .filter(pair -> pair.getValue().equals(member.pod))
                .map(Map.Entry::getKey)
                .findFirst();
        String ownZone = member.traits.zone();
        return new PodPlace(
                member.pod,
                ownZone.isEmpty() ? hearsay.zone(member.pod) : ownZone,
                member.traits.capacity(),
                member.traits.byteLimit(),
                standing,
                replaces);
    }
}
