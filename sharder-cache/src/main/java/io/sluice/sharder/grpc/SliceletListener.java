package io.sluice.sharder.grpc;

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
}
