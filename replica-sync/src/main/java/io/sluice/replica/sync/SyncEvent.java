package io.sluice.replica.sync;

import io.sluice.replica.plan.SyncPlan;
import io.sluice.replica.plan.TargetState;

/** What happened. */
sealed interface SyncEvent {
    record Started() implements SyncEvent {}

    /**
     * @param knownVersion the source version that the journal knows the replica to hold, -1 for none
     * @param openReceipts whether a receipt waits for its commit to be found or for its delivery
     */
    record Looked(long sourceVersion, long knownVersion, boolean openReceipts) implements SyncEvent {}

    record Settled(TargetState target) implements SyncEvent {}

    record Planned(SyncPlan plan) implements SyncEvent {}

    record Copied(CopyResult copied) implements SyncEvent {}

    /** A file of the plan was cleaned up at the source. */
    record SourceMovedOn(Exception reason) implements SyncEvent {}

    record Verified() implements SyncEvent {}

    record Committed(SyncReport report) implements SyncEvent {}

    /** Another commit took the version that ours was for. */
    record Outrun(long version) implements SyncEvent {}

    record Delivered() implements SyncEvent {}

    record Proven() implements SyncEvent {}

    record Checkpointed() implements SyncEvent {}

    /** A step failed in a way that may pass; what it had done is unknown. */
    record Broke(Exception reason) implements SyncEvent {}

    /** A step failed in a way that stays. */
    record Refused(Exception reason) implements SyncEvent {}
}
