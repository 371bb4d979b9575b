package io.sluice.simulation.traffic;

import io.sluice.sharder.Resource;
import io.sluice.sharder.placement.Plan;
import io.sluice.sharder.placement.PlannedSlice;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What must be true of every plan. */
final class Invariants {
    private Invariants() {}

    static void check(Plan plan, Stage.Setup setup) {
        List<PlannedSlice> slices = plan.slices();
        require(slices.get(0).slice().low().bits() == 0, setup, "the first slice does not begin with the first key");
        require(slices.get(slices.size() - 1).slice().high().isEmpty(), setup, "the last slice has an end");
        for (int i = 1; i < slices.size(); i++)
            require(slices.get(i - 1).slice().meets(slices.get(i).slice()), setup, "a gap before " + slices.get(i));
        for (PlannedSlice planned : slices) {
            Set<Resource> seats = new HashSet<>(planned.replicas());
            boolean isOnce = seats.size() == planned.replicas().size() && seats.add(planned.owner());
            require(isOnce, setup, "a pod serves a slice twice: " + planned);
        }
    }

    private static void require(boolean holds, Stage.Setup setup, String otherwise) {
        if (!holds) throw new AssertionError("seed " + setup.seed() + ": " + otherwise);
    }
}
