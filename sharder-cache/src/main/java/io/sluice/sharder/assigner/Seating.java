package io.sluice.sharder.assigner;

import io.sluice.sharder.Generation;
import io.sluice.sharder.Resource;
import io.sluice.sharder.Slice;
import io.sluice.sharder.Tenure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All seats, in the order of their keys, and the hand-overs between them. */
final class Seating {
    private List<Seat> seats = List.of();

    boolean isEmpty() {
        return seats.isEmpty();
    }

    List<Tenure> tenures() {
        return seats.stream().map(Seat::tenure).toList();
    }

    /**
     * Seats whoever serves and ends the hand-overs that are over. With nobody serving, all stays as it is.
     *
     * @return whether anything changed
     */
    boolean settle(Map<Resource, Member> members, Generation next) {
        List<Resource> pods = members.values().stream()
                .filter(Member::isServing)
                .map(m -> m.pod)
                .toList();
        if (pods.isEmpty()) return false;
        List<Seat> settled = seats.isEmpty() ? begin(pods, next) : reseat(pods, members, next);
        boolean changed = !settled.equals(seats);
        seats = settled;
        return changed;
    }

    private static List<Seat> begin(List<Resource> pods, Generation next) {
        List<Slice> slices = Placement.cut(pods.size());
        List<Resource> owners = Placement.first(slices.size(), pods);
        List<Seat> begun = new ArrayList<>();
        for (int i = 0; i < slices.size(); i++)
            begun.add(new Seat(slices.get(i), owners.get(i), next, Optional.empty()));
        return begun;
    }

    private List<Seat> reseat(List<Resource> pods, Map<Resource, Member> members, Generation next) {
        List<Seat> fine = fineEnough(pods.size());
        List<Resource> owners =
                Placement.rebalance(fine.stream().map(Seat::owner).toList(), pods);
        List<Seat> reseated = new ArrayList<>();
        for (int i = 0; i < fine.size(); i++) {
            Seat seat = fine.get(i);
            Resource owner = owners.get(i);
            if (!owner.equals(seat.owner())) seat = move(seat, owner, members, next);
            reseated.add(isReleased(seat, members) ? seat.released() : seat);
        }
        return reseated;
    }

    private List<Seat> fineEnough(int pods) {
        List<Seat> fine = seats;
        while (Placement.tooCoarse(fine.size(), pods))
            fine = fine.stream()
                    .flatMap(seat -> Placement.halves(seat.slice()).stream().map(seat::over))
                    .toList();
        return fine;
    }

    private static Seat move(Seat seat, Resource owner, Map<Resource, Member> members, Generation next) {
        Member loser = members.get(seat.owner());
        // Who was still waiting for the slice loses a promise only, nothing that it could be serving.
        if (loser != null && seat.handover().isEmpty()) loser.mustKnow = next;
        return seat.movedTo(owner, next);
    }

    private static boolean isReleased(Seat seat, Map<Resource, Member> members) {
        if (seat.handover().isEmpty()) return false;
        Seat.Handover handover = seat.handover().get();
        Member former = members.get(handover.former());
        return former == null || former.hasReleased(handover.takenBy());
    }
}
