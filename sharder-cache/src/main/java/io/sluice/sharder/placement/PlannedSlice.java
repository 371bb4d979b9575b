package io.sluice.sharder.placement;

import io.sluice.sharder.Resource;
import io.sluice.sharder.Slice;
import java.util.List;

/**
 * A slice as it should stand.
 *
 * @param replicas further pods that serve reads of it, without the owner
 */
public record PlannedSlice(Slice slice, Resource owner, List<Resource> replicas) {
    public PlannedSlice {
        replicas = List.copyOf(replicas);
    }

    public PlacedSlice with(SliceLoad load) {
        return new PlacedSlice(slice, owner, replicas, load);
    }
}
