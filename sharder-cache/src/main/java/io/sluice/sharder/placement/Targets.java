package io.sluice.sharder.placement;

/** Finds the pod that should get a seat. */
final class Targets {
    static final int NONE = -1;

    /** Whether the hard limit of bytes may be broken: only when a slice would be without a pod. */
    enum Limits {
        KEPT,
        BROKEN
    }

    private final Draft draft;
    private final int zones;

    Targets(Draft draft) {
        this.draft = draft;
        int highest = 0;
        for (int zone : draft.pods.zone) highest = Math.max(highest, zone);
        this.zones = highest + 1;
    }

    /**
     * The pod with the most to spare among those that have fewest of the piece's seats in their zone, or {@link #NONE}.
     *
     * @param leaving the seat that the pod would take over, or -1 for a further one
     * @param zone to look in, or -1 for all
     */
    int best(Piece piece, int leaving, int zone, Limits limits) {
        int[] seatsInZone = seatsInZone(piece, leaving);
        int best = NONE;
        for (int pod = 0; pod < draft.pods.count; pod++) {
            if (!draft.mayTake(pod) || (zone >= 0 && draft.pods.zone[pod] != zone)) continue;
            if (piece.seatOf(pod) >= 0) continue;
            if (limits == Limits.KEPT && !draft.hasRoom(pod, piece)) continue;
            if (best == NONE || isBetter(pod, best, seatsInZone, limits)) best = pod;
        }
        return best;
    }

    /** Whether a pod of this zone may take the seat without gathering the piece's seats where others have fewer. */
    boolean keepsSpread(Piece piece, int leaving, int pod) {
        if (piece.seats.length == 1) return true;
        int[] seatsInZone = seatsInZone(piece, leaving);
        int current = draft.pods.zone[piece.seats[leaving]];
        return seatsInZone[draft.pods.zone[pod]] <= seatsInZone[current];
    }

    private boolean isBetter(int pod, int best, int[] seatsInZone, Limits limits) {
        int inZone = seatsInZone[draft.pods.zone[pod]] - seatsInZone[draft.pods.zone[best]];
        if (inZone != 0) return inZone < 0;
        if (limits == Limits.BROKEN) return overhang(pod) < overhang(best);
        return draft.load[pod] / draft.pods.capacity[pod] < draft.load[best] / draft.pods.capacity[best];
    }

    private double overhang(int pod) {
        return (double) draft.bytes[pod] / draft.pods.byteLimit[pod];
    }

    private int[] seatsInZone(Piece piece, int leaving) {
        int[] seatsInZone = new int[zones];
        for (int seat = 0; seat < piece.seats.length; seat++)
            if (seat != leaving && draft.pods.isServing[piece.seats[seat]])
                seatsInZone[draft.pods.zone[piece.seats[seat]]]++;
        return seatsInZone;
    }
}
