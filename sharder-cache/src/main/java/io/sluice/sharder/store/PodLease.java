package io.sluice.sharder.store;

import io.sluice.sharder.Generation;
import io.sluice.sharder.Resource;

/**
 * A pod on the roll.
 *
 * @param renewals counts how often the lease was renewed: whoever sees the same number for the length of a lease knows
 *     that it ran out
 * @param known the map that the pod held when it last renewed
 * @param standing whether it wants slices
 */
public record PodLease(Resource pod, long renewals, Generation known, Standing standing) {
    /** What a pod, or its operator, wants. */
    public enum Standing {
        SERVING,
        /** It is about to end and waits until its slices are elsewhere. */
        LEAVING,
        /** An operator wants its slices elsewhere. */
        DRAINED,
        /** It serves nothing any more and never will. Kept for a while, so that nobody waits for its lease to run out. */
        LEFT
    }
}
