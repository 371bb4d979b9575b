package io.sluice.sharder.grpc;

import io.sluice.sharder.Assignment;
import io.sluice.sharder.OwnershipChange;
import io.sluice.sharder.Tenure;
import java.util.List;

/**
 * Hears what this pod gains and loses. Calls come one after another on a thread of their own, so a listener may take
 * its time without endangering the lease; {@link io.sluice.sharder.Ownership#owns} is ahead of it, never behind.
 *
 * @see OwnershipChange
 */
@FunctionalInterface
public interface SliceletListener {
    void onAssignment(List<Tenure> added, List<Tenure> removed);

    /** The pod holds a new map, whether or not that changes what is its own. Heard before what follows from it. */
    default void onMap(Assignment map) {}

    /**
     * These slices are to come to this pod, and their owners serve on until it is prepared.
     *
     * @param done to be run, on any thread, when it is; the slices come after a while even if it never is
     */
    default void prepare(List<Tenure> coming, Runnable done) {
        done.run();
    }
}
