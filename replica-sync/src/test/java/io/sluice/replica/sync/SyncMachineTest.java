package io.sluice.replica.sync;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.sluice.lake.table.TableSnapshot;
import io.sluice.model.money.Money;
import io.sluice.model.place.Lane;
import io.sluice.model.usage.ByteCount;
import io.sluice.model.usage.TransferReceipt;
import io.sluice.replica.plan.FileDifference;
import io.sluice.replica.plan.SyncPlan;
import io.sluice.replica.plan.TargetState;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a sync decides, in microseconds and without a store. */
class SyncMachineTest {
    private static final Instant NOW = Instant.parse("2026-05-01T00:00:00Z");
    private static final Lane LANE = new Lane(World.AWS, World.AZURE);
    private static final SyncPlan PLAN = plan(7, snapshot(9), 5);
    private static final CopyResult COPIED = new CopyResult(List.of());

    private final SyncMachine machine = new SyncMachine(10);

    @Test
    void aSyncWithoutTroubleTakesEachStepOnce() {
        assertThat(after(new SyncEvent.Started())).isInstanceOf(SyncAction.Look.class);
        assertThat(after(new SyncEvent.Looked(7, 5, false))).isInstanceOf(SyncAction.Settle.class);
        assertThat(after(new SyncEvent.Settled(PLAN.target()))).isEqualTo(new SyncAction.Plan(PLAN.target()));
        assertThat(after(new SyncEvent.Planned(PLAN))).isEqualTo(new SyncAction.Copy(PLAN));
        assertThat(after(new SyncEvent.Copied(COPIED))).isEqualTo(new SyncAction.Verify(PLAN, COPIED));
        assertThat(after(new SyncEvent.Verified())).isEqualTo(new SyncAction.Commit(PLAN, COPIED));
        assertThat(after(new SyncEvent.Committed(report()))).isInstanceOf(SyncAction.Deliver.class);
        assertThat(after(new SyncEvent.Delivered())).isEqualTo(new SyncAction.Prove(PLAN));
        assertThat(after(new SyncEvent.Proven())).as("version 10").isEqualTo(new SyncAction.Checkpoint(10));
        assertThat(after(new SyncEvent.Checkpointed()))
                .isEqualTo(new SyncAction.Finish(new SyncOutcome.Synced(7, report())));
    }

    @Test
    void nothingNewEndsAtOnce() {
        assertThat(after(new SyncEvent.Looked(5, 5, false)))
                .isEqualTo(new SyncAction.Finish(new SyncOutcome.UpToDate(5)));
    }

    @Test
    void anOpenReceiptIsSettledEvenWhenNothingIsNew() {
        assertThat(after(new SyncEvent.Looked(5, 5, true))).isInstanceOf(SyncAction.Settle.class);
    }

    @Test
    void whoWasOutrunByTheSameVersionHasNothingLeftToDo() {
        after(new SyncEvent.Planned(PLAN));
        assertThat(after(new SyncEvent.Outrun(10))).isInstanceOf(SyncAction.Settle.class);
        assertThat(after(new SyncEvent.Planned(plan(7, snapshot(10), 7))))
                .isEqualTo(new SyncAction.Finish(new SyncOutcome.UpToDate(7)));
    }

    @Test
    void aSourceThatNeverStandsStillIsGivenUp() {
        Exception gone = new IOException("gone");
        for (int i = 0; i < SyncMachine.REPLANS; i++)
            assertThat(after(new SyncEvent.SourceMovedOn(gone))).isInstanceOf(SyncAction.Settle.class);
        assertThat(after(new SyncEvent.SourceMovedOn(gone))).isEqualTo(new SyncAction.Fail(gone));
    }

    @Test
    void passingFaultsAreWaitedOutLongerEachTime() {
        Exception fault = new IOException("reset");
        Duration last = Duration.ZERO;
        for (int i = 0; i < SyncMachine.RETRIES; i++) {
            SyncMachine.Decision decision = machine.on(new SyncEvent.Broke(fault), NOW);
            assertThat(decision.action()).isInstanceOf(SyncAction.Settle.class);
            assertThat(Duration.between(NOW, decision.notBefore())).isGreaterThan(last);
            last = Duration.between(NOW, decision.notBefore());
        }
        assertThat(after(new SyncEvent.Broke(fault))).isEqualTo(new SyncAction.Fail(fault));
    }

    @Test
    void afterTheCommitOnlyWhatFollowsItIsTriedAgain() {
        after(new SyncEvent.Planned(PLAN));
        after(new SyncEvent.Committed(report()));
        assertThat(after(new SyncEvent.Broke(new IOException("reset")))).isInstanceOf(SyncAction.Deliver.class);
    }

    private SyncAction after(SyncEvent event) {
        return machine.on(event, NOW).action();
    }

    private static SyncPlan plan(long sourceVersion, TableSnapshot target, long held) {
        return new SyncPlan(
                snapshot(sourceVersion),
                new TargetState(Optional.of(target), held),
                new FileDifference(List.of(), List.of()),
                List.of(),
                ByteCount.ZERO,
                LANE,
                Duration.ZERO,
                Money.zero("USD"));
    }

    private static TableSnapshot snapshot(long version) {
        var none = JsonNodeFactory.instance.objectNode();
        return new TableSnapshot(version, NOW, none, none, List.of());
    }

    private static SyncReport report() {
        TransferReceipt receipt =
                new TransferReceipt("r", "orders_eu", "sales", LANE, 5, 7, ByteCount.ZERO, ByteCount.ZERO, 0, NOW, NOW);
        return new SyncReport(receipt, 10, 0, 0, 0, Duration.ZERO, Money.zero("USD"));
    }
}
