package io.sluice.sharder.placement;

import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Makes plans: from a board, the next one. What must be done comes first, what is nice to have last, and the draft is
 * valid in between, so a round may be stopped at any time.
 *
 * <ol>
 *   <li>Slices of pods that are leaving or dead go to their replacements, else to whoever has most to spare.
 *   <li>Hot keys get slices of their own, what is too hot for one pod is split or replicated, what is cold is merged.
 *   <li>Pods above their byte limit are relieved, new pods are filled, overloaded ones relieved.
 *   <li>With what the budget allows, pods above the tolerance are brought down to half of it.
 * </ol>
 */
public final class Planner {
    private final Policy policy;

    public Planner(Policy policy) {
        this.policy = policy;
    }

    /**
     * @param allowance the part of all load that may be moved for nothing but balance
     * @param mayGoOn asked between steps; false ends the round with what is done
     */
    public Plan plan(Board board, double allowance, BooleanSupplier mayGoOn) {
        return plan(board, List.of(), allowance, mayGoOn);
    }

    Plan plan(Board board, List<Pin> pins, double allowance, BooleanSupplier mayGoOn) {
        Draft draft = new Draft(board, policy, pins);
        if (draft.pods.isEmpty()) return draft.plan(0);
        if (board.slices().isEmpty()) return FirstCut.plan(board, policy);
        Targets targets = new Targets(draft);
        new Pinning(draft).run(pins);
        new Handover(draft, targets).run();
        Shaping shaping = new Shaping(draft);
        shaping.split();
        Balancing balancing = new Balancing(draft, targets, mayGoOn);
        double evicted = balancing.relieveMemory();
        balancing.fillFresh();
        double budget = allowance * draft.total;
        double replicated = new Replication(draft, targets, mayGoOn).run(budget);
        double relieved = balancing.relieveOverloaded();
        balancing.level(budget - replicated);
        shaping.merge();
        return draft.plan(evicted + relieved + Math.max(0, replicated - budget));
    }
}
