package io.sluice.replica.sync;

import io.sluice.lake.table.TableCommit;
import io.sluice.lake.table.TableLog;
import io.sluice.lake.table.TableSnapshot;
import io.sluice.model.failure.Failure;
import io.sluice.model.failure.FailureKind;
import io.sluice.replica.Replica;
import io.sluice.replica.UsageSink;
import io.sluice.replica.journal.ReceiptState;
import io.sluice.replica.journal.SyncJournal;
import io.sluice.replica.journal.UsageManifest;
import io.sluice.replica.plan.SquashCommit;
import io.sluice.replica.plan.TargetState;
import java.io.IOException;
import java.util.Optional;

/**
 * Brings the journal into agreement with the target's log, which alone is the truth. It works for commits of this
 * process, of one that was killed, of a rival, and with a journal that was lost: each commit names its own receipt.
 */
final class Settlement {
    private final Replica replica;
    private final TableLog log;
    private final SyncJournal journal;
    private final UsageSink sink;

    Settlement(Replica replica, TableLog log, SyncPorts ports) {
        this.replica = replica;
        this.log = log;
        this.journal = ports.journal();
        this.sink = ports.sink();
    }

    TargetState settle() throws IOException {
        Optional<TableSnapshot> snapshot = snapshot();
        if (snapshot.isEmpty()) return TargetState.EMPTY;
        long version = snapshot.get().version();
        long source = log.lastTransaction(replica.id()).orElseThrow(this::foreignTable);
        for (long commit = journalledVersion() + 1; commit <= version; commit++) land(commit);
        journal.lost(replica.id(), version);
        deliver();
        return new TargetState(snapshot, source);
    }

    /** Looks without settling: what {@code plan} needs. */
    TargetState look() throws IOException {
        Optional<TableSnapshot> snapshot = snapshot();
        if (snapshot.isEmpty()) return TargetState.EMPTY;
        return new TargetState(snapshot, log.lastTransaction(replica.id()).orElseThrow(this::foreignTable));
    }

    void deliver() {
        for (UsageManifest landed : journal.receipts(replica.id(), ReceiptState.LANDED)) {
            sink.record(landed.receipt());
            journal.delivered(landed.receipt().id());
        }
    }

    boolean hasOpenReceipts() {
        return !journal.receipts(replica.id(), ReceiptState.LANDED).isEmpty()
                || !journal.receipts(replica.id(), ReceiptState.PREPARED).isEmpty();
    }

    private Optional<TableSnapshot> snapshot() throws IOException {
        try {
            return Optional.of(log.snapshot());
        } catch (Failure e) {
            if (e.kind() == FailureKind.NOT_FOUND) return Optional.empty();
            throw e;
        }
    }

    private long journalledVersion() {
        return journal.lastLanded(replica.id())
                .map(UsageManifest::targetVersion)
                .orElse(-1L);
    }

    private void land(long version) throws IOException {
        Optional<TableCommit> commit = commit(version);
        commit.flatMap(found -> SquashCommit.usageIn(found, replica.id())).ifPresent(journal::landed);
    }

    /** A commit that was cleaned up has been settled long ago, unless the journal was lost; then it is out of reach. */
    private Optional<TableCommit> commit(long version) throws IOException {
        try {
            return log.changes(version, version).stream().findFirst();
        } catch (Failure e) {
            if (e.kind() == FailureKind.INVALID) return Optional.empty();
            throw e;
        }
    }

    private Failure foreignTable() {
        return Failure.alreadyExists(
                Failure.Subject.TABLE,
                "There is a table at %s that replica %s did not make. Give the replica an empty location.",
                replica.targetLocation(),
                replica.name());
    }
}
