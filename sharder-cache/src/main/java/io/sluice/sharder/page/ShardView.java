package io.sluice.sharder.page;

import io.sluice.sharder.Assignment;
import io.sluice.sharder.Target;
import io.sluice.sharder.assigner.PodStatus;
import java.util.List;

/** How things stand at one moment, as the assigner sees them. */
public record ShardView(Target target, Assignment assignment, List<PodStatus> pods) {
    public ShardView {
        pods = List.copyOf(pods);
    }
}
