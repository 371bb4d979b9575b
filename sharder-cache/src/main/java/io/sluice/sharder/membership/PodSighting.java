package io.sluice.sharder.membership;

import java.util.Optional;

/**
 * A pod as somebody else sees it.
 *
 * @param id differs between two lives of one name
 * @param name of the pod; its address where nothing else is known
 * @param host empty while it has none
 * @param zone empty if unknown
 * @param workload what will replace the pod when it goes, if that is known
 */
public record PodSighting(
        String id, String name, String host, String zone, Standing standing, Optional<Workload> workload) {
    /** How far a pod has come. */
    public enum Standing {
        NOT_READY,
        READY,
        /** Told to end. Still serves, but not for long. */
        TERMINATING
    }

    /**
     * What keeps pods of one kind alive.
     *
     * @param ordinal of a pod that is replaced by one with the same name
     */
    public record Workload(String name, Optional<Integer> ordinal) {}

    /** A pod of which only the address is known, and that it is there. */
    public static PodSighting of(String host) {
        return new PodSighting(host, host, host, "", Standing.READY, Optional.empty());
    }
}
