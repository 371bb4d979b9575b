package io.sluice.sharder.assigner;

import io.sluice.sharder.Generation;
import io.sluice.sharder.Resource;
import java.time.Duration;

/**
 * How the assigner sees a pod.
 *
 * @param leaseLeft until the pod's slices are given on unless it is heard; zero for a pod without a lease
 * @param known the generation that the pod has confirmed
 */
public record PodStatus(Resource pod, Standing standing, Duration leaseLeft, Generation known, boolean connected) {
    /** Where a pod stands between joining and leaving. */
    public enum Standing {
        /** Heard, but it does not hold the current map yet. */
        JOINING,
        SERVING,
        /** Waits until its slices are elsewhere, to end. */
        LEAVING,
        /** An operator wants its slices elsewhere. */
        DRAINED,
        /** Its lease ran out. */
        LOST,
        /** Said goodbye. */
        LEFT
    }
}
