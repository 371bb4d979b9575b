package io.sluice.sharder.grpc.xds;

/**
 * What is told of a pod beside its address and its slices.
 *
 * @param zone empty if unknown
 * @param capacity relative to a pod of 1
 */
public record ExportedPod(String zone, double capacity, Health health) {
    /** A healthy pod like any other. */
    public static final ExportedPod ORDINARY = new ExportedPod("", 1, Health.HEALTHY);

    /** Envoy's words. */
    public enum Health {
        HEALTHY(1),
        UNHEALTHY(2),
        /** Finishes what it has and should get nothing new. */
        DRAINING(3);

        final int number;

        Health(int number) {
            this.number = number;
        }
    }

    public ExportedPod {
        if (!(capacity > 0 && Double.isFinite(capacity)))
            throw new IllegalArgumentException("a capacity of " + capacity + " is not positive");
    }
}
