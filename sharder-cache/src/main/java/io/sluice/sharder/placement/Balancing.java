package io.sluice.sharder.placement;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Moves seats from pods that carry too much to pods that carry little. The hottest pod gives first; of its seats the one
 * goes that relieves most for what its move costs, in load and in bytes that have to be fetched again; it goes to the
 * pod with most to spare, in the same zone if one there will do.
 */
final class Balancing {
    private static final double NEGLIGIBLE = 1e-9;
    // How many seats of a pod are tried before it counts as one that cannot be helped.
    private static final int TRIES = 64;

    private final Draft draft;
    private final Targets targets;
    private final BooleanSupplier mayGoOn;
    private final double costPerByte;

    Balancing(Draft draft, Targets targets, BooleanSupplier mayGoOn) {
        this.draft = draft;
        this.targets = targets;
        this.mayGoOn = mayGoOn;
        double allBytes = 0;
        for (long bytes : draft.bytes) allBytes += bytes;
        this.costPerByte = allBytes == 0 ? 0 : draft.policy.bytesWeight() * draft.total / allBytes;
    }

    /** Pods that have nothing yet take from the fullest until they carry about what is fair. */
    void fillFresh() {
        for (int pod = 0; pod < draft.pods.count; pod++) if (draft.isFresh[pod]) fill(pod);
    }

    /** Brings pods above their byte limit below it, as far as others have room. @return the load that was moved */
    double relieveMemory() {
        double moved = 0;
        for (int pod = 0; pod < draft.pods.count; pod++) {
            if (!draft.pods.isServing[pod] || draft.bytes[pod] <= draft.pods.byteLimit[pod]) continue;
            List<Piece> biggest = new ArrayList<>(draft.at.get(pod));
            biggest.sort(Comparator.comparingDouble((Piece piece) -> bytesPerLoad(piece))
                    .reversed());
            for (Piece piece : biggest)
                if (draft.bytes[pod] > draft.pods.byteLimit[pod] && !piece.isPinned)
                    moved += evict(piece, piece.seatOf(pod));
        }
        return moved;
    }

    /** @return the load that was moved */
    double relieveOverloaded() {
        return level(draft::isOverloaded, Double.MAX_VALUE, Double.MAX_VALUE);
    }

    /** Starts at the tolerance and stops at half of it. */
    double level(double budget) {
        return level(pod -> draft.load[pod] > draft.ceiling(pod, 1), budget, budget * draft.policy.acrossZones());
    }

    private double level(IntPredicate gives, double budget, double acrossZones) {
        double moved = 0;
        double across = 0;
        for (int pod : draft.fullestFirst()) {
            if (!draft.pods.isServing[pod] || !gives.test(pod)) continue;
            while (mayGoOn.getAsBoolean()) {
                Step step = relieve(pod, budget - moved, acrossZones - across);
                if (step == null) break;
                moved += step.load();
                if (step.isAcrossZones()) across += step.load();
            }
        }
        return moved;
    }

    private record Step(double load, boolean isAcrossZones) {}

    private @Nullable Step relieve(int pod, double budget, double acrossZones) {
        double excess = draft.load[pod] - draft.ceiling(pod, 0.5);
        if (excess <= NEGLIGIBLE) return null;
        List<Piece> candidates = new ArrayList<>(draft.at.get(pod));
        candidates.sort(Comparator.comparingDouble((Piece piece) -> worth(piece, pod, excess))
                .reversed());
        int tries = 0;
        for (Piece piece : candidates) {
            int seat = piece.seatOf(pod);
            double share = piece.share(seat);
            if (piece.isPinned || share > budget || share <= NEGLIGIBLE) continue;
            if (tries++ == TRIES) break;
            int near = targets.best(piece, seat, draft.pods.zone[pod], Targets.Limits.KEPT);
            if (fits(piece, seat, near)) return move(piece, seat, near, false);
            int far = share > acrossZones ? Targets.NONE : targets.best(piece, seat, -1, Targets.Limits.KEPT);
            if (fits(piece, seat, far)) return move(piece, seat, far, draft.pods.zone[far] != draft.pods.zone[pod]);
        }
        return null;
    }

    private Step move(Piece piece, int seat, int target, boolean isAcrossZones) {
        double share = piece.share(seat);
        draft.move(piece, seat, target);
        return new Step(share, isAcrossZones);
    }

    private boolean fits(Piece piece, int seat, int target) {
        return target != Targets.NONE
                && draft.load[target] + piece.share(seat) <= draft.ceiling(target, 0.5)
                && targets.keepsSpread(piece, seat, target);
    }

    // Relief per cost, and of those that are equal the one that relieves most.
    private double worth(Piece piece, int pod, double excess) {
        double share = piece.share(piece.seatOf(pod));
        double relief = Math.min(share, excess);
        return relief / (share + costPerByte * piece.bytes + NEGLIGIBLE) + relief / (draft.total + NEGLIGIBLE);
    }

    private void fill(int pod) {
        for (int giver : draft.fullestFirst()) {
            if (!draft.pods.isServing[giver] || draft.isFresh[giver]) continue;
            double spare = draft.load[giver] - draft.fairShare(giver);
            List<Piece> lightest = new ArrayList<>(draft.at.get(giver));
            lightest.sort(Comparator.comparingDouble((Piece piece) -> piece.load));
            for (int i = lightest.size() - 1; i >= 0 && spare > NEGLIGIBLE; i--) {
                Piece piece = lightest.get(i);
                int seat = piece.seatOf(giver);
                double share = piece.share(seat);
                if (piece.isPinned || share > spare || piece.seatOf(pod) >= 0 || !draft.hasRoom(pod, piece)) continue;
                if (draft.load[pod] + share > draft.fairShare(pod) || !targets.keepsSpread(piece, seat, pod)) continue;
                draft.move(piece, seat, pod);
                spare -= share;
            }
        }
    }

    private double evict(Piece piece, int seat) {
        double share = piece.share(seat);
        if (piece.seats.length > 1) {
            draft.drop(piece, seat);
            return share;
        }
        int target = targets.best(piece, seat, -1, Targets.Limits.KEPT);
        if (target == Targets.NONE) return 0;
        draft.move(piece, seat, target);
        return share;
    }

    private static double bytesPerLoad(Piece piece) {
        return piece.bytes / (piece.load + NEGLIGIBLE);
    }
}
