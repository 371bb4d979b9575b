package io.sluice.sharder.placement;

import io.sluice.sharder.Resource;
import io.sluice.sharder.Slice;
import java.util.List;

/**
 * A slice as it stands.
 *
 * @param replicas further pods that serve reads of it, without the owner
 */
public record PlacedSlice(Slice slice, Resource owner, List<Resource> replicas, SliceLoad load) {
    public PlacedSlice {
        replicas = List.copyOf(replicas);
    }
}
