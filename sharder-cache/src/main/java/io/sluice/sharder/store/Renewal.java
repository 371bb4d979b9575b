package io.sluice.sharder.store;

import io.sluice.sharder.Generation;
import java.util.Optional;

/** What became of an attempt to renew a lease. */
public sealed interface Renewal {
    /**
     * What a pod learns along the way.
     *
     * @param map the generation in force
     * @param assigner where it listens
     * @param isAnyoneServing whether there are pods that want slices; else a pod that is to leave waits in vain
     */
    record Head(Generation map, Optional<String> assigner, boolean isAnyoneServing) {}

    /** The lease begins anew, counted from the moment the attempt was sent. */
    record Renewed(Head head) implements Renewal {}

    /** The pod must know the map of this generation first; what it held before may be another's by now. */
    record Withheld(Generation mustKnow, Head head) implements Renewal {}

    /** A later process has taken the place of this one. */
    record Superseded() implements Renewal {}
}
