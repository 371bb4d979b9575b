package io.sluice.replica.sync;

import io.sluice.replica.plan.SyncPlan;
import io.sluice.replica.plan.TargetState;

/** What the machine wants done next. */
sealed interface SyncAction {
    /** Ask the source for its newest version, and the journal for receipts that are not delivered. */
    record Look() implements SyncAction {}

    /** Read the target's log: which prepared receipts came true, and where the replica stands. Deliver those. */
    record Settle() implements SyncAction {}

    record Plan(TargetState target) implements SyncAction {}

    record Copy(SyncPlan plan) implements SyncAction {}

    record Verify(SyncPlan plan, CopyResult copied) implements SyncAction {}

    record Commit(SyncPlan plan, CopyResult copied) implements SyncAction {}

    /** Hand over the receipts of landed commits. */
    record Deliver() implements SyncAction {}

    /** Read the commit back as any reader would, and compare it with the source. */
    record Prove(SyncPlan plan) implements SyncAction {}

    record Checkpoint(long version) implements SyncAction {}

    record Finish(SyncOutcome outcome) implements SyncAction {}

    record Fail(Exception reason) implements SyncAction {}
}
