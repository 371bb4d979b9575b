package io.sluice.replica.sync;

import io.sluice.model.failure.Failure;
import io.sluice.replica.plan.SyncPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides what a sync does next. No threads, no clock, no I/O.
 *
 * <pre>
 *   look -> settle -> plan -> copy -> verify -> commit -> deliver -> prove -> (checkpoint) -> finish
 *             ^                |                  |
 *             +----------------+------------------+   source moved on, outrun, or a passing fault: settle and plan anew
 * </pre>
 *
 * Whatever went wrong, the way back is the same: settle. It reads from the target's log what really happened, so no
 * step needs to know how far the one before it came, in this process or in one that was killed. Objects already
 * copied are found at the target, a commit that landed is found by its transaction, a receipt by its manifest.
 */
final class SyncMachine {
    static final int REPLANS = 5;
    static final int RETRIES = 5;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);

    private final int checkpointEvery;
    private int replans;
    private int retries;
    private @Nullable SyncPlan plan;
    private @Nullable CopyResult copied;
    private @Nullable SyncReport report;

    SyncMachine(int checkpointEvery) {
        this.checkpointEvery = checkpointEvery;
    }

    /** @param notBefore when the action may be done */
    record Decision(SyncAction action, Instant notBefore) {}

    Decision on(SyncEvent event, Instant now) {
        if (event instanceof SyncEvent.Broke broke) return again(broke.reason(), now);
        return new Decision(next(event), now);
    }

    private SyncAction next(SyncEvent event) {
        if (event instanceof SyncEvent.Started) return new SyncAction.Look();
        if (event instanceof SyncEvent.Looked looked) return afterLook(looked);
        if (event instanceof SyncEvent.Settled settled) return new SyncAction.Plan(settled.target());
        if (event instanceof SyncEvent.Planned planned) return afterPlan(planned.plan());
        if (event instanceof SyncEvent.Copied done) return new SyncAction.Verify(plan(), copied = done.copied());
        if (event instanceof SyncEvent.Verified) return new SyncAction.Commit(plan(), copied());
        if (event instanceof SyncEvent.Committed committed) return afterCommit(committed.report());
        if (event instanceof SyncEvent.Delivered) return new SyncAction.Prove(plan());
        if (event instanceof SyncEvent.Proven) return afterProof();
        if (event instanceof SyncEvent.Checkpointed) return finish();
        if (event instanceof SyncEvent.Outrun outrun) return replan(outrun(outrun.version()));
        if (event instanceof SyncEvent.SourceMovedOn moved) return replan(moved.reason());
        if (event instanceof SyncEvent.Refused refused) return new SyncAction.Fail(refused.reason());
        throw new IllegalStateException("unknown event " + event);
    }

    private static SyncAction afterLook(SyncEvent.Looked looked) {
        boolean nothingNew = looked.sourceVersion() == looked.knownVersion() && !looked.openReceipts();
        return nothingNew
                ? new SyncAction.Finish(new SyncOutcome.UpToDate(looked.sourceVersion()))
                : new SyncAction.Settle();
    }

    private SyncAction afterPlan(SyncPlan made) {
        plan = made;
        return made.isUpToDate()
                ? new SyncAction.Finish(new SyncOutcome.UpToDate(made.toVersion()))
                : new SyncAction.Copy(made);
    }

    private SyncAction afterCommit(SyncReport made) {
        report = made;
        return new SyncAction.Deliver();
    }

    private SyncAction afterProof() {
        long version = plan().nextTargetVersion();
        return version > 0 && version % checkpointEvery == 0 ? new SyncAction.Checkpoint(version) : finish();
    }

    private SyncAction finish() {
        return new SyncAction.Finish(new SyncOutcome.Synced(plan().toVersion(), required(report)));
    }

    private SyncAction replan(Exception reason) {
        return ++replans > REPLANS ? new SyncAction.Fail(reason) : new SyncAction.Settle();
    }

    /** Once the commit is known to have landed, only what comes after it is done again. */
    private Decision again(Exception reason, Instant now) {
        if (++retries > RETRIES) return new Decision(new SyncAction.Fail(reason), now);
        Instant later = now.plus(FIRST_PAUSE.multipliedBy(1L << (retries - 1)));
        return new Decision(report == null ? new SyncAction.Settle() : new SyncAction.Deliver(), later);
    }

    private static Failure outrun(long version) {
        return Failure.conflict(
                "Version %d of the replica was committed by another syncer, as were those tried before. Leave the "
                        + "replica to one syncer, or try again later.",
                version);
    }

    private SyncPlan plan() {
        return required(plan);
    }

    private CopyResult copied() {
        return required(copied);
    }

    private static <T> T required(@Nullable T value) {
        return Optional.ofNullable(value).orElseThrow(() -> new IllegalStateException("event out of order"));
    }
}
