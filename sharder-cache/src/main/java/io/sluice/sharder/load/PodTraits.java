package io.sluice.sharder.load;

/**
 * What a pod is, as far as placement cares.
 *
 * @param zone what fails together; empty where nobody said
 * @param capacity units per second that it can bear
 * @param byteLimit what it may keep in memory; {@link Long#MAX_VALUE} for no limit
 */
public record PodTraits(String zone, double capacity, long byteLimit) {
    public static final PodTraits ORDINARY = new PodTraits("", 10_000, Long.MAX_VALUE);

    public PodTraits {
        if (!(capacity > 0)) throw new IllegalArgumentException("a capacity of " + capacity + " bears nothing");
        if (byteLimit <= 0) throw new IllegalArgumentException("a byte limit of " + byteLimit + " keeps nothing");
    }
}
