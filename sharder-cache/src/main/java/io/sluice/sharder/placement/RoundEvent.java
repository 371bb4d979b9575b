package io.sluice.sharder.placement;

import io.sluice.sharder.Resource;
import io.sluice.sharder.load.LoadReport;
import java.util.List;

/** What placement is told. */
public sealed interface RoundEvent {
    /** All pods there are now. */
    record Members(List<PodPlace> pods) implements RoundEvent {
        public Members {
            pods = List.copyOf(pods);
        }
    }

    /** A heartbeat brought a pod's load. */
    record Reported(Resource pod, LoadReport report) implements RoundEvent {}

    /** A pod ended without a goodbye. Its absence follows as {@link Members}. */
    record Crashed(Resource pod) implements RoundEvent {}

    /** The map in force, when it is not the machine's own last plan: that of a former assigner, or an operator's. */
    record Adopted(List<PlannedSlice> slices) implements RoundEvent {
        public Adopted {
            slices = List.copyOf(slices);
        }
    }
}
