package io.sluice.sharder.assigner;

import io.sluice.sharder.Generation;
import io.sluice.sharder.Hold;
import io.sluice.sharder.LeaseTerms;
import io.sluice.sharder.Resource;
import io.sluice.sharder.Slice;
import io.sluice.sharder.Tenure;
import io.sluice.sharder.store.MapChange.Demand;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Works out the next map from the present one and the pods: who is to have what, and how far each hand-over has come. */
final class Seating {
    private final Map<Resource, Member> members;
    private final LeaseTerms terms;
    private final Turns turns;
    private final boolean frozen;
    private final Generation next;
    private final long nowNanos;
    private final Map<Resource, Demand> demands = new TreeMap<>();

    Seating(
            Map<Resource, Member> members,
            LeaseTerms terms,
            Turns turns,
            boolean frozen,
            Generation next,
            long nowNanos) {
        this.members = members;
        this.terms = terms;
        this.turns = turns;
        this.frozen = frozen;
        this.next = next;
        this.nowNanos = nowNanos;
    }

    /** What has to be asked of the pods that lose something. Complete once {@link #settle} has returned. */
    Collection<Demand> demands() {
        return demands.values();
    }

    /** With nobody to take slices, nothing new is begun. */
    List<Tenure> settle(List<Tenure> now) {
        List<Resource> takers = takers(now.isEmpty());
        if (now.isEmpty()) return takers.isEmpty() ? now : begin(takers);
        List<Tenure> stepped = now.stream().map(this::step).toList();
        return takers.isEmpty() ? stepped : share(stepped, takers);
    }

    private List<Resource> takers(boolean isMapEmpty) {
        return members.values().stream()
                .filter(m -> m.takesSlices(isMapEmpty, terms) && !isSuperseded(m.pod))
                .map(m -> m.pod)
                .toList();
    }

    private boolean isSuperseded(Resource pod) {
        return members.values().stream().anyMatch(other -> other.isAlive(terms) && other.pod.supersedes(pod));
    }

    private List<Tenure> begin(List<Resource> pods) {
        List<Slice> slices = Placement.cut(pods.size());
        List<Resource> owners = Placement.first(slices.size(), pods);
        List<Tenure> begun = new ArrayList<>();
        for (int i = 0; i < slices.size(); i++) begun.add(new Tenure(slices.get(i), owners.get(i), next, Hold.FIRM));
        return begun;
    }

    /** Lets a hand-over that is under way go on, or ends it. */
    private Tenure step(Tenure tenure) {
        if (tenure.hold() instanceof Hold.Awaiting awaiting)
            return isReleased(awaiting) ? tenure.with(Hold.FIRM) : tenure;
        if (tenure.hold() instanceof Hold.HandingOver handing) return step(tenure, handing);
        return tenure;
    }

    private Tenure step(Tenure tenure, Hold.HandingOver handing) {
        Member successor = members.get(handing.successor());
        if (successor == null || !successor.takesSlices(false, terms)) return tenure.with(Hold.FIRM);
        if (isAlive(tenure.owner()) && !successor.isPrepared(handing.asked()) && !turns.isOver(handing, nowNanos))
            return tenure;
        return taken(tenure, handing.successor());
    }

    private boolean isReleased(Hold.Awaiting awaiting) {
        Member former = members.get(awaiting.former());
        boolean hasLetGo = former != null && (former.hasLeft() || !former.known.isBefore(awaiting.taken()));
        return hasLetGo || turns.isOver(awaiting, nowNanos);
    }

    private List<Tenure> share(List<Tenure> seats, List<Resource> takers) {
        List<Tenure> fine = fineEnough(seats, takers.size());
        List<Resource> wanted = Placement.rebalance(
                fine.stream().map(Seating::meantFor).toList(),
                takers,
                frozen ? Placement.Wish.OWNERS_FOR_ALL : Placement.Wish.BALANCE);
        List<Tenure> shared = new ArrayList<>();
        for (int i = 0; i < fine.size(); i++) shared.add(meant(fine.get(i), wanted.get(i)));
        return shared;
    }

    /** Who is to have the slice when the hand-over is done. */
    private static Resource meantFor(Tenure tenure) {
        return tenure.hold() instanceof Hold.HandingOver handing ? handing.successor() : tenure.owner();
    }

    private List<Tenure> fineEnough(List<Tenure> seats, int pods) {
        List<Tenure> fine = seats;
        while (!frozen && Placement.tooCoarse(fine.size(), pods))
            fine = fine.stream()
                    .flatMap(seat -> Placement.halves(seat.slice()).stream().map(seat::over))
                    .toList();
        return fine;
    }

    private Tenure meant(Tenure tenure, Resource wanted) {
        if (meantFor(tenure).equals(wanted)) return tenure;
        if (tenure.owner().equals(wanted)) return tenure.with(Hold.FIRM);
        boolean servesOn = tenure.hold().isServed() && isAlive(tenure.owner());
        return servesOn ? tenure.with(new Hold.HandingOver(wanted, next)) : taken(tenure, wanted);
    }

    private Tenure taken(Tenure tenure, Resource by) {
        return new Tenure(tenure.slice(), by, next, holdAfter(tenure, by), tenure.replicas());
    }

    private Hold holdAfter(Tenure tenure, Resource by) {
        // Who was still waiting loses a promise only, nothing that it could be serving.
        if (tenure.hold() instanceof Hold.Awaiting awaiting)
            return awaiting.former().equals(by) ? Hold.FIRM : awaiting;
        Member former = members.get(tenure.owner());
        if (former != null && former.hasLeft()) return Hold.FIRM;
        boolean isExpired = former != null && former.isExpired(terms);
        demands.put(
                tenure.owner(),
                new Demand(
                        tenure.owner(), isExpired ? OptionalLong.of(former.lease.renewals()) : OptionalLong.empty()));
        return isExpired ? Hold.FIRM : new Hold.Awaiting(tenure.owner(), next);
    }

    private boolean isAlive(Resource pod) {
        Member member = members.get(pod);
        return member != null && member.isAlive(terms);
    }
}
