package io.sluice.sharder.placement;

import java.util.List;

/** @param slices in the order of their keys, covering the key space */
public record Plan(List<PlannedSlice> slices, Churn churn) {
    public Plan {
        slices = List.copyOf(slices);
    }

    /** Whether it leaves everything as it stands on the board. */
    public boolean isSameAs(Board board) {
        return slices.equals(board.slices().stream()
                .map(placed -> new PlannedSlice(placed.slice(), placed.owner(), placed.replicas()))
                .toList());
    }
}
