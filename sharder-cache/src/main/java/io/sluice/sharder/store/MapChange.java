package io.sluice.sharder.store;

import io.sluice.sharder.Assignment;
import io.sluice.sharder.Generation;
import io.sluice.sharder.Resource;
import java.util.List;
import java.util.OptionalLong;

/**
 * The wish to put {@code next} in the place of the map of generation {@code base}.
 *
 * @param demands the pods from which it takes something
 */
public record MapChange(Generation base, Assignment next, List<Demand> demands) {
    public MapChange {
        demands = List.copyOf(demands);
        if (!base.isBefore(next.generation()))
            throw new IllegalArgumentException(next.generation() + " does not follow " + base);
    }

    /**
     * From now on the pod's lease is renewed only when it knows the new map.
     *
     * @param renewals if present, the whole change is made only if the pod has not renewed since this count was seen:
     *     it is believed dead, and its slices are given away without waiting
     */
    public record Demand(Resource pod, OptionalLong renewals) {}
}
