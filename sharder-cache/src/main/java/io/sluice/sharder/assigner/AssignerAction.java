package io.sluice.sharder.assigner;

import io.sluice.sharder.Assignment;
import io.sluice.sharder.Resource;
import io.sluice.sharder.store.MapChange;
import io.sluice.sharder.store.PodLease;

/** What the driver of an assigner must do, in the order given. */
public sealed interface AssignerAction {
    /** Bring all subscribers to this assignment. */
    record Publish(Assignment assignment) implements AssignerAction {}

    /** Answer a heartbeat. */
    record Answer(Resource pod, long sequence) implements AssignerAction {}

    record ReadRoll() implements AssignerAction {}

    record Commit(MapChange change) implements AssignerAction {}

    /** The map in the store is not what we believe. */
    record ReadMap() implements AssignerAction {}

    /** The pod has not been seen for long and is on no map. */
    record Forget(PodLease lease) implements AssignerAction {}

    /** Another assigner has taken over. */
    record Resign() implements AssignerAction {}
}
