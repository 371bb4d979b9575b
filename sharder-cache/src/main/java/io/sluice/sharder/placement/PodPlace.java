package io.sluice.sharder.placement;

import io.sluice.sharder.Resource;
import java.util.Optional;

/**
 * A pod as placement sees it.
 *
 * @param zone what fails together
 * @param capacity units per second that it can bear
 * @param byteLimit what it may keep in memory; {@link Long#MAX_VALUE} for no limit
 * @param replaces the leaving or dead pod whose slices it is to take as they are: the other half of a restart
 */
public record PodPlace(
        Resource pod, String zone, double capacity, long byteLimit, Standing standing, Optional<Resource> replaces) {
    public PodPlace {
        if (!(capacity > 0)) throw new IllegalArgumentException("capacity of " + pod + " is not positive: " + capacity);
        if (replaces.filter(pod::equals).isPresent())
            throw new IllegalArgumentException(pod + " cannot replace itself");
        if (byteLimit <= 0)
            throw new IllegalArgumentException("byte limit of " + pod + " is not positive: " + byteLimit);
    }

    public static PodPlace serving(Resource pod, String zone, double capacity) {
        return new PodPlace(pod, zone, capacity, Long.MAX_VALUE, Standing.SERVING, Optional.empty());
    }

    public PodPlace leaving() {
        return new PodPlace(pod, zone, capacity, byteLimit, Standing.LEAVING, replaces);
    }

    public PodPlace replacing(Resource former) {
        return new PodPlace(pod, zone, capacity, byteLimit, standing, Optional.of(former));
    }

    boolean isServing() {
        return standing == Standing.SERVING;
    }
}
