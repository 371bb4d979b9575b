package io.sluice.sharder.assigner;

import io.sluice.sharder.Generation;
import io.sluice.sharder.Resource;
import io.sluice.sharder.assigner.PodStatus.Standing;
import java.time.Duration;

/** What the assigner remembers of one pod. Forgotten at {@link #deadlineNanos}. */
final class Member {
    final Resource pod;
    Standing standing = Standing.JOINING;
    boolean connected = true;

    /** The last generation that the pod said it holds. */
    Generation known = Generation.ZERO;

    /**
     * The last generation that took something from the pod. No lease is renewed for a pod that holds an older map: it
     * would go on serving what is about to be another's.
     */
    Generation mustKnow;

    /** When the pod counts as dead: the end of its lease or, without one, of our patience. */
    long deadlineNanos;

    Member(Resource pod, Generation mustKnow) {
        this.pod = pod;
        this.mustKnow = mustKnow;
    }

    boolean isServing() {
        return standing == Standing.SERVING;
    }

    boolean isUpToDate() {
        return !known.isBefore(mustKnow);
    }

    void confirm(Generation generation) {
        if (known.isBefore(generation)) known = generation;
    }

    /**
     * Whether the pod can no longer serve what {@code takenBy} took from it. One that is joining has no lease: it is
     * new, or its former lease had run out when it was forgotten.
     */
    boolean hasReleased(Generation takenBy) {
        return standing == Standing.LEFT || standing == Standing.JOINING || !known.isBefore(takenBy);
    }

    PodStatus status(long nowNanos) {
        boolean leased = standing == Standing.SERVING || standing == Standing.SUPERSEDED;
        Duration left = leased ? Duration.ofNanos(Math.max(0, deadlineNanos - nowNanos)) : Duration.ZERO;
        return new PodStatus(pod, standing, left, known, connected);
    }
}
