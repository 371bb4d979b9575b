package io.sluice.sharder.assigner;

import io.sluice.sharder.Assignment;
import io.sluice.sharder.Resource;
import io.sluice.sharder.watch.Downstream;

/** What the driver of an assigner must do, in the order given. */
public sealed interface AssignerAction {
    /** Bring all subscribers to this assignment. */
    record Publish(Assignment assignment) implements AssignerAction {}

    /** Answer a heartbeat. */
    record Answer(Resource pod, long sequence, boolean leaseRenewed) implements AssignerAction {}

    /** Tell a pod that it no longer takes part. */
    record Dismiss(Resource pod, Downstream.Reason reason) implements AssignerAction {}
}
