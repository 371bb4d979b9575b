package io.sluice.sharder.slicelet;

import io.sluice.sharder.Assignment;
import io.sluice.sharder.Ownership;
import io.sluice.sharder.Resource;
import io.sluice.sharder.SliceKey;
import io.sluice.sharder.Tenure;

/**
 * What a pod knows at one moment: the map and the end of its lease, always read together. A lease renewed under a newer
 * map must never be combined with an older one, or a reader between two updates would serve what was taken away.
 */
public record Holdings(Assignment assignment, Resource self, long leaseEndNanos) {
    /** Allocates nothing. */
    public Ownership.Answer owns(SliceKey key, long nowNanos) {
        if (assignment.isEmpty()) return Ownership.Answer.UNKNOWN;
        Tenure tenure = assignment.tenureOf(key);
        if (!tenure.owner().equals(self)) return Ownership.Answer.NOT_OWNED;
        return tenure.hold().isServed() && nowNanos < leaseEndNanos ? Ownership.Answer.OWNED : Ownership.Answer.UNKNOWN;
    }
}
