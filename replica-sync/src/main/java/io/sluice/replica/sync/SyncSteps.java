package io.sluice.replica.sync;

import io.sluice.lake.delta.CommitOutcome;
import io.sluice.lake.delta.DeltaLog;
import io.sluice.lake.delta.DeltaLogWriter;
import io.sluice.lake.store.ObjectStore;
import io.sluice.replica.MeteredSource;
import io.sluice.replica.Replica;
import io.sluice.replica.journal.UsageManifest;
import io.sluice.replica.plan.Planner;
import io.sluice.replica.plan.SquashCommit;
import io.sluice.replica.plan.SyncPlan;
import io.sluice.replica.plan.TargetState;
import io.sluice.replica.plan.Throughput;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;

/** The steps of one sync, over real stores. Each can be done again after any fault of any other. */
final class SyncSteps {
    private final Replica replica;
    private final SyncPorts ports;
    private final SyncSettings settings;
    private final InstantSource clock;
    private final Instant startedAt;

    private final DeltaLog sourceLog;
    private final DeltaLog targetLog;
    private final DeltaLogWriter writer;
    private final UsageTally tally;
    private final Settlement settlement;
    private final ReceiptBook receipts;
    private final ObjectCopier copier;
    private final Workers workers;

    SyncSteps(Replica replica, SyncPorts ports, SyncSettings settings, InstantSource clock) {
        this.replica = replica;
        this.ports = ports;
        this.settings = settings;
        this.clock = clock;
        this.startedAt = clock.instant();
        var attempt = new UsageTally.Attempt(UUID.randomUUID().toString(), replica.id(), startedAt);
        MeteredSource metered = ports.places().source(replica);
        this.tally = new UsageTally(
                ports.journal(),
                attempt,
                metered.wireBytes(),
                settings.journalEvery().bytes());
        ObjectStore source = new TalliedStore(metered.store(), tally);
        ObjectStore target = ports.places().target(replica);
        this.sourceLog = DeltaLog.at(source);
        this.targetLog = DeltaLog.at(target);
        this.writer = DeltaLogWriter.at(target);
        this.settlement = new Settlement(replica, targetLog, ports);
        this.receipts = new ReceiptBook(replica, ports.journal(), attempt);
        this.copier = new ObjectCopier(source, target, tally);
        this.workers = new Workers(settings.workers());
    }

    SyncEvent perform(SyncAction action) throws IOException {
        if (action instanceof SyncAction.Look) return look();
        if (action instanceof SyncAction.Settle) return new SyncEvent.Settled(settlement.settle());
        if (action instanceof SyncAction.Plan plan) return plan(plan.target());
        if (action instanceof SyncAction.Copy copy) return copy(copy.plan());
        if (action instanceof SyncAction.Verify verify) return verify(verify.copied());
        if (action instanceof SyncAction.Commit commit) return commit(commit.plan(), commit.copied());
        if (action instanceof SyncAction.Deliver) return deliver();
        if (action instanceof SyncAction.Prove prove) return prove(prove.plan());
        if (action instanceof SyncAction.Checkpoint checkpoint) return checkpoint(checkpoint.version());
        throw new IllegalStateException("not a step: " + action);
    }

    /** Lets no byte go unnoted that was read since the last time. */
    void flush() {
        tally.flush();
    }

    void close(SyncOutcome outcome) {
        flush();
        if (outcome instanceof SyncOutcome.Synced) return;
        receipts.bookWaste(outcome.sourceVersion(), clock.instant());
        settlement.deliver();
    }

    private SyncEvent look() throws IOException {
        long known = ports.journal()
                .lastLanded(replica.id())
                .map(manifest -> manifest.receipt().toVersion())
                .orElse(-1L);
        boolean open = settlement.hasOpenReceipts();
        return new SyncEvent.Looked(sourceLog.latestVersion(known), known, open);
    }

    private SyncEvent plan(TargetState state) throws IOException {
        Throughput throughput = throughput(ports, replica);
        SyncPlan plan =
                new Planner(ports.quote()).plan(replica, sourceLog.snapshot(), state, throughput, clock.instant());
        tally.flush();
        return new SyncEvent.Planned(plan);
    }

    private SyncEvent copy(SyncPlan plan) throws IOException {
        try {
            return new SyncEvent.Copied(new CopyResult(workers.map(plan.copies(), copier::copy)));
        } finally {
            tally.flush();
        }
    }

    private SyncEvent verify(CopyResult copied) throws IOException {
        workers.map(copied.objects(), object -> {
            copier.proveLength(object);
            if (settings.proof() == SyncSettings.Proof.READ_BACK) copier.proveBytes(object);
            return object;
        });
        return new SyncEvent.Verified();
    }

    private SyncEvent commit(SyncPlan plan, CopyResult copied) throws IOException {
        UsageManifest usage = receipts.prepare(plan, clock.instant());
        var actions = new SquashCommit(replica, plan, usage, clock.instant()).actions();
        CommitOutcome outcome = writer.commit(plan.nextTargetVersion(), actions);
        if (outcome instanceof CommitOutcome.Exists exists) return new SyncEvent.Outrun(exists.version());
        ports.journal().landed(usage);
        return new SyncEvent.Committed(report(plan, copied, usage));
    }

    private SyncReport report(SyncPlan plan, CopyResult copied, UsageManifest usage) {
        Instant now = clock.instant();
        return new SyncReport(
                usage.receipt(),
                usage.targetVersion(),
                usage.receipt().files(),
                copied.reused(),
                plan.difference().removed().size(),
                Duration.between(startedAt, now),
                ports.quote().of(replica.lane(), usage.receipt().logical(), now));
    }

    private SyncEvent deliver() {
        settlement.deliver();
        return new SyncEvent.Delivered();
    }

    private SyncEvent prove(SyncPlan plan) throws IOException {
        ReplicaProof.check(plan.source(), targetLog.snapshot(plan.nextTargetVersion()));
        return new SyncEvent.Proven();
    }

    private SyncEvent checkpoint(long version) throws IOException {
        writer.writeCheckpoint(version);
        return new SyncEvent.Checkpointed();
    }

    /** From the last syncs of this replica, or the default. */
    static Throughput throughput(SyncPorts ports, Replica replica) {
        List<UsageManifest> delivered = ports.journal().recent(replica.id(), 5);
        Throughput sum = Throughput.UNKNOWN;
        for (UsageManifest manifest : delivered) sum = sum.plus(manifest.receipt());
        return sum;
    }
}
