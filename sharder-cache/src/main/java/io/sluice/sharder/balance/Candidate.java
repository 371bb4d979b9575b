package io.sluice.sharder.balance;

import io.sluice.sharder.Resource;

/**
 * A pod that could take a call.
 *
 * @param zone where it stands; empty if nobody knows, which is a zone like any other
 * @param capacity how much it can take, relative to a pod of 1
 */
public record Candidate(Resource pod, String zone, double capacity) {
    public Candidate {
        if (!(capacity > 0 && Double.isFinite(capacity)))
            throw new IllegalArgumentException("capacity %s of pod %s is not positive".formatted(capacity, pod.name()));
    }

    /** A pod like any other, in no zone that matters. */
    public static Candidate of(Resource pod) {
        return new Candidate(pod, "", 1);
    }
}
