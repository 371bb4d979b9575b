package io.sluice.sharder.placement;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Moves seats from pods that carry too much to pods that carry little. The hottest pod gives first; of its seats the one
 * goes that relieves most for what its move costs, in load and in bytes that have to be fetched again; it goes to the
 * pod with most to spare, in the same zone if one there will do.
 */
final class Balancing {
    private static final double DONE = 1e-9;

    private final Draft draft;
    private final Targets targets;
    private final BooleanSupplier mayGoOn;
    private final double bytesCost;
    private double unavoidable;

    Balancing(Draft draft, Targets targets, BooleanSupplier mayGoOn) {
        this.draft = draft;
        this.targets = targets;
        this.mayGoOn = mayGoOn;
        double allBytes = 0;
        for (long bytes : draft.bytes) allBytes += bytes;
        this.bytesCost = allBytes == 0 ? 0 : draft.policy.bytesWeight() * draft.total / allBytes;
    }

    /** The load that was moved without asking the budget. */
    double unavoidable() {
        return unavoidable;
    }

    /** Pods that have nothing yet take from the fullest until they carry about what is fair. */
    void fillFresh() {
        boolean anyFresh = false;
        for (boolean fresh : draft.isFresh) anyFresh |= fresh;
        if (!anyFresh) return;
        drain(new Goal(0, 0, true), Double.MAX_VALUE, Double.MAX_VALUE);
    }

    void relieveOverloaded() {
        unavoidable += drain(new Goal(Double.NaN, 0.5, false), Double.MAX_VALUE, Double.MAX_VALUE);
    }

    void level(double allowance) {
        double budget = allowance * draft.total;
        drain(new Goal(1, 0.5, false), budget, budget * draft.policy.acrossZones());
    }

    /**
     * @param start which part of the tolerance a pod has to exceed to give; not a number for the overloaded only
     * @param stop which part of the tolerance it may keep, and the taker must stay below
     * @param freshOnly whether only pods without anything may take
     */
    private record Goal(double start, double stop, boolean freshOnly) {}

    /** @return the load that was moved */
    private double drain(Goal goal, double budget, double acrossZones) {
        double moved = 0;
        for (int pod : fullestFirst()) {
            if (!isGiver(pod, goal)) continue;
            while (mayGoOn.getAsBoolean() && moved < budget) {
                double step = giveOne(pod, goal, budget - moved);
                if (step < 0) break;
                moved += step;
            }
        }
        return moved;
    }

    private boolean isGiver(int pod, Goal goal) {
        if (!draft.pods.isServing[pod]) return false;
        if (goal.freshOnly()) return !draft.isFresh[pod];
        return Double.isNaN(goal.start())
                ? draft.isOverloaded(pod)
                : draft.load[pod] > draft.ceiling(pod, goal.start());
    }

    private double giveOne(int pod, Goal goal, double budget) {
        double excess = draft.load[pod] - draft.ceiling(pod, goal.stop());
        if (excess <= DONE) return -1;
        List<Piece> candidates = new ArrayList<>(draft.at.get(pod));
        candidates.sort(Comparator.comparingDouble((Piece piece) -> -worth(piece, pod, excess)));
        for (Piece piece : candidates) {
            if (piece.isPinned) continue;
            int seat = piece.seatOf(pod);
            double share = piece.share(seat);
            if (share > budget || share <= 0) continue;
            int target = targets.best(piece, seat, -1, Targets.Limits.KEPT);
            if (target == Targets.NONE || !targets.keepsSpread(piece, seat, target)) continue;
            if (draft.load[target] + share > draft.ceiling(target, goal.stop())) continue;
            draft.move(piece, seat, target);
            return share;
        }
        return -1;
    }

    private double worth(Piece piece, int pod, double excess) {
        double share = piece.share(piece.seatOf(pod));
        double relief = Math.min(share, excess);
        return relief / (share + bytesCost * piece.bytes) + relief / draft.total;
    }

    private int[] fullestFirst() {
        List<Integer> order = new ArrayList<>();
        for (int pod = 0; pod < draft.pods.count; pod++) order.add(pod);
        order.sort(Comparator.comparingDouble(
                (Integer pod) -> -draft.load[pod] / Math.max(draft.pods.capacity[pod], 1e-9)));
        return order.stream().mapToInt(Integer::intValue).toArray();
    }
}
