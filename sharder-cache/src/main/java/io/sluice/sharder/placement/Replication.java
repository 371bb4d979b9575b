package io.sluice.sharder.placement;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Spreads the reads of single keys that are too hot for one pod. How many pods is bounded by the writes: each of them
 * has to evict the key from every replica before it commits.
 */
final class Replication {
    // How many times what is hot a seat may carry before more are added, and before some go. Far apart, because a
    // change
    // of the number moves a good part of the key's load, and a key that is spread over many pods can double unnoticed.
    private static final double GROW_ABOVE = 3;
    private static final double SHRINK_BELOW = 0.05;

    private final Draft draft;
    private final Targets targets;
    private final BooleanSupplier mayGoOn;
    private final double hot;

    Replication(Draft draft, Targets targets, BooleanSupplier mayGoOn) {
        this.draft = draft;
        this.targets = targets;
        this.mayGoOn = mayGoOn;
        this.hot = draft.hot();
    }

    /**
     * @param budget the load that may be moved; keys that would overload a pod do not ask for it
     * @return what was moved, in all
     */
    double run(double budget) {
        List<Piece> hottest = new ArrayList<>();
        for (Piece piece : draft.pieces())
            if (!piece.isPinned && (piece.seats.length > 1 || isTooHot(piece))) hottest.add(piece);
        hottest.sort(Comparator.comparingDouble((Piece piece) -> perSeat(piece)).reversed());
        double moved = 0;
        for (Piece piece : hottest) {
            if (!mayGoOn.getAsBoolean()) break;
            moved += fit(piece, budget - moved);
        }
        return moved;
    }

    private boolean isTooHot(Piece piece) {
        return piece.isSingleKey() && perSeat(piece) > GROW_ABOVE * hot;
    }

    private static double perSeat(Piece piece) {
        return (piece.load - piece.writes) / piece.seats.length;
    }

    private double fit(Piece piece, double budget) {
        int most = Math.min(draft.pods.servingCount(), 1 + most(piece));
        int wanted = Math.max(1, Math.min(most, (int) Math.ceil((piece.load - piece.writes) / hot)));
        boolean shrinks = piece.seats.length > most
                || (piece.seats.length > wanted && perSeat(piece) < SHRINK_BELOW * hot)
                || !piece.isSingleKey();
        if (shrinks)
            return shrink(
                    piece, piece.isSingleKey() ? wanted : 1, piece.seats.length > most ? Double.MAX_VALUE : budget);
        return isTooHot(piece) ? grow(piece, wanted, budget) : 0;
    }

    // The order of magnitude of a rate of writes is enough, so that a few more or less do not change the bound.
    private int most(Piece piece) {
        int most = draft.policy.mostReplicas(piece.writes);
        boolean isNear = piece.seats.length - 1 > most && piece.seats.length - 1 <= 2L * most;
        return isNear ? piece.seats.length - 1 : most;
    }

    private double shrink(Piece piece, int wanted, double budget) {
        double moved = 0;
        while (piece.seats.length > wanted) {
            int fullest = piece.seats.length - 1;
            for (int seat = 1; seat < piece.seats.length; seat++)
                if (relative(piece.seats[seat]) > relative(piece.seats[fullest])) fullest = seat;
            if (moved + piece.share(fullest) > budget) break;
            moved += piece.share(fullest);
            draft.drop(piece, fullest);
        }
        return moved;
    }

    private double grow(Piece piece, int wanted, double budget) {
        double reads = piece.load - piece.writes;
        boolean isDangerous =
                perSeat(piece) > draft.policy.overload() * draft.smallestCapacity() / 2 || anyOverloaded(piece);
        int had = piece.seats.length;
        while (piece.seats.length < wanted) {
            double moves = reads * (piece.seats.length + 1 - had) / (piece.seats.length + 1);
            if (!isDangerous && moves > budget) break;
            int pod = targets.best(piece, -1, -1, Targets.Limits.KEPT);
            if (pod == Targets.NONE) break;
            draft.addReplica(piece, pod);
        }
        return reads * (piece.seats.length - had) / piece.seats.length;
    }

    private boolean anyOverloaded(Piece piece) {
        for (int pod : piece.seats) if (draft.isOverloaded(pod)) return true;
        return false;
    }

    private double relative(int pod) {
        return draft.load[pod] / draft.pods.capacity[pod];
    }
}
