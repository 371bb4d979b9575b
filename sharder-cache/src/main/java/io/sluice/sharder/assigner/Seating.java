package io.sluice.sharder.assigner;

import io.sluice.sharder.Generation;
import io.sluice.sharder.Hold;
import io.sluice.sharder.LeaseTerms;
import io.sluice.sharder.Resource;
import io.sluice.sharder.Slice;
import io.sluice.sharder.Tenure;
import io.sluice.sharder.placement.PlannedSlice;
import io.sluice.sharder.store.MapChange.Demand;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Works out the next map from the present one and what placement wants: how far each hand-over has come. */
final class Seating {
    private final Map<Resource, Member> members;
    private final Collection<Resource> takers;
    private final LeaseTerms terms;
    private final Turns turns;
    private final Generation next;
    private final long nowNanos;
    private final long rollAsOfNanos;
    private final boolean mayTake;
    private final Map<Resource, Demand> demands = new TreeMap<>();

    /**
     * @param takers the pods that may be given slices
     * @param rollAsOfNanos what is known of the members was so at that time or later
     * @param mayTake whether successors that are ready may take over from owners that serve
     */
    Seating(
            Map<Resource, Member> members,
            Collection<Resource> takers,
            LeaseTerms terms,
            Turns turns,
            Generation next,
            long nowNanos,
            long rollAsOfNanos,
            boolean mayTake) {
        this.members = members;
        this.takers = takers;
        this.terms = terms;
        this.turns = turns;
        this.next = next;
        this.nowNanos = nowNanos;
        this.rollAsOfNanos = rollAsOfNanos;
        this.mayTake = mayTake;
    }

    /** What has to be asked of the pods that lose something. Complete once {@link #settle} has returned. */
    Collection<Demand> demands() {
        return demands.values();
    }

    /** Both lists cover the key space, in order; {@code now} may be empty, and {@code wanted} too while nobody serves. */
    List<Tenure> settle(List<Tenure> now, List<PlannedSlice> wanted) {
        if (now.isEmpty()) return wanted.stream().map(this::begin).toList();
        List<Tenure> stepped = now.stream().map(this::step).toList();
        return wanted.isEmpty() ? stepped : fit(stepped, wanted);
    }

    private Tenure begin(PlannedSlice slice) {
        return new Tenure(slice.slice(), slice.owner(), next, Hold.FIRM, slice.replicas());
    }

    /** Lets a hand-over that is under way go on, or ends it. */
    private Tenure step(Tenure tenure) {
        if (tenure.hold() instanceof Hold.Awaiting awaiting)
            return isReleased(awaiting) ? tenure.with(Hold.FIRM) : tenure;
        if (tenure.hold() instanceof Hold.HandingOver handing) return step(tenure, handing);
        return tenure;
    }

    private Tenure step(Tenure tenure, Hold.HandingOver handing) {
        if (!takers.contains(handing.successor())) return tenure.with(Hold.FIRM);
        Member successor = Objects.requireNonNull(members.get(handing.successor()), "takers are members");
        boolean isReady = mayTake && successor.isPrepared(handing.asked());
        if (isAlive(tenure.owner()) && !isReady && !turns.isOver(handing, nowNanos)) return tenure;
        return taken(tenure, handing.successor());
    }

    private boolean isReleased(Hold.Awaiting awaiting) {
        Member former = members.get(awaiting.former());
        if (former == null) return turns.isOver(awaiting, nowNanos);
        // Since the slice was taken its lease is not renewed under the older map. What was seen before does not count:
        // it
        // may have renewed in between.
        boolean isDead = former.isExpired(terms) && turns.hadBegun(awaiting, rollAsOfNanos);
        boolean hasLetGo = former.hasLeft() || !former.known.isBefore(awaiting.taken());
        return hasLetGo || isDead || turns.isOver(awaiting, nowNanos);
    }

    // Both are sorted by key; one walk over both keeps it linear.
    private List<Tenure> fit(List<Tenure> seats, List<PlannedSlice> wanted) {
        List<Tenure> fitted = new ArrayList<>(wanted.size());
        int at = 0;
        for (PlannedSlice wish : wanted) {
            int first = fitted.size();
            while (endsBefore(seats.get(at).slice(), wish.slice())) at++;
            for (int i = at; i < seats.size() && seats.get(i).slice().overlaps(wish.slice()); i++)
                add(part(seats.get(i), wish), fitted, first);
        }
        return fitted;
    }

    private static boolean endsBefore(Slice one, Slice other) {
        return one.last().compareTo(other.low()) < 0;
    }

    // What was always one ownership becomes one slice; where the pasts differ, the parts stay apart, because a pod must
    // be able to tell what it held without interruption.
    private static void add(Tenure part, List<Tenure> fitted, int first) {
        int last = fitted.size() - 1;
        if (last >= first && fitted.get(last).isLike(part))
            fitted.set(
                    last,
                    part.over(Slice.closed(
                            fitted.get(last).slice().low(), part.slice().last())));
        else fitted.add(part);
    }

    private Tenure part(Tenure seat, PlannedSlice wish) {
        Slice common = seat.slice().intersect(wish.slice()).orElseThrow();
        Tenure part = common.equals(seat.slice()) ? seat : seat.over(common);
        Tenure meant = meant(part, wish.owner());
        return meant.replicas().equals(wish.replicas()) ? meant : meant.withReplicas(wish.replicas());
    }

    /** Who is to have the slice when the hand-over is done. */
    static Resource meantFor(Tenure tenure) {
        return tenure.hold() instanceof Hold.HandingOver handing ? handing.successor() : tenure.owner();
    }

    private Tenure meant(Tenure tenure, Resource wanted) {
        if (meantFor(tenure).equals(wanted)) return tenure;
        if (tenure.owner().equals(wanted)) return tenure.with(Hold.FIRM);
        // Somebody who came to want nothing since the plan was made. The next plan knows.
        if (!takers.contains(wanted)) return tenure;
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
        OptionalLong seenDead = former != null && former.isExpired(terms)
                ? OptionalLong.of(former.lease.renewals())
                : OptionalLong.empty();
        demands.put(tenure.owner(), new Demand(tenure.owner(), seenDead));
        return seenDead.isPresent() ? Hold.FIRM : new Hold.Awaiting(tenure.owner(), next);
    }

    private boolean isAlive(Resource pod) {
        Member member = members.get(pod);
        return member != null && member.isAlive(terms);
    }
}
