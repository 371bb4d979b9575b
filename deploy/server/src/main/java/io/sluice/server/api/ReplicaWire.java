package io.sluice.server.api;

import io.sluice.model.money.Money;
import io.sluice.model.usage.TransferReceipt;
import io.sluice.replica.Replica;
import io.sluice.replica.ReplicaStatus;
import io.sluice.replica.plan.SyncPlan;
import io.sluice.replica.sync.SyncOutcome;
import io.sluice.replica.sync.SyncReport;
import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Replicas, plans and syncs as the wire shows them: bytes exact, seconds to the millisecond, money with its currency. */
final class ReplicaWire {
    private ReplicaWire() {}

    record Price(String amount, String currency) {}

    record Plan(
            String replica,
            String sourceTable,
            long fromVersion,
            long toVersion,
            int filesToCopy,
            int filesToRemove,
            long bytes,
            BigDecimal seconds,
            Price money,
            String lane) {}

    record Sync(
            String replica,
            String outcome,
            long fromVersion,
            long toVersion,
            @Nullable Long targetVersion,
            int filesCopied,
            int filesRemoved,
            long logicalBytes,
            long wireBytes,
            BigDecimal seconds,
            @Nullable Price money,
            @Nullable String receiptId) {}

    record LastSync(
            String receiptId,
            long fromVersion,
            long toVersion,
            int files,
            long logicalBytes,
            long wireBytes,
            BigDecimal seconds,
            Price money,
            String finishedAt) {}

    record Status(
            String name,
            String sourceTable,
            String kind,
            String sourceLocation,
            String location,
            String region,
            String lane,
            String producer,
            long sourceVersion,
            long syncedVersion,
            long targetVersion,
            long lagVersions,
            int files,
            long bytes,
            int syncs,
            long totalWireBytes,
            long totalLogicalBytes,
            Price totalMoney,
            @Nullable LastSync lastSync) {}

    static Plan plan(Replica replica, SyncPlan plan) {
        return new Plan(
                replica.name(),
                replica.sourceTable().toString(),
                plan.fromVersion(),
                plan.toVersion(),
                plan.copies().size(),
                plan.difference().removed().size(),
                plan.bytes().bytes(),
                seconds(plan.estimate()),
                price(plan.price()),
                plan.lane().toString());
    }

    static Sync outcome(Replica replica, SyncOutcome outcome) {
        if (outcome instanceof SyncOutcome.Synced synced) return synced(replica, synced.report());
        long version = outcome.sourceVersion();
        return new Sync(replica.name(), "UP_TO_DATE", version, version, null, 0, 0, 0, 0, BigDecimal.ZERO, null, null);
    }

    private static Sync synced(Replica replica, SyncReport report) {
        TransferReceipt receipt = report.receipt();
        return new Sync(
                replica.name(),
                "SYNCED",
                receipt.fromVersion(),
                receipt.toVersion(),
                report.targetVersion(),
                report.copied(),
                report.removed(),
                receipt.logical().bytes(),
                receipt.wire().bytes(),
                seconds(report.time()),
                price(report.price()),
                receipt.id());
    }

    static Status status(ReplicaStatus status) {
        Replica replica = status.replica();
        return new Status(
                replica.name(),
                replica.sourceTable().toString(),
                replica.kind().wireName(),
                replica.sourceLocation().toString(),
                replica.targetLocation().toString(),
                replica.region().toString(),
                replica.lane().toString(),
                replica.producer(),
                status.sourceVersion(),
                status.replicaSourceVersion(),
                status.targetVersion(),
                status.lag(),
                status.files(),
                status.bytes(),
                status.totals().receipts(),
                status.totals().wire().bytes(),
                status.totals().logical().bytes(),
                price(status.totalPrice()),
                status.lastSync().map(ReplicaWire::lastSync).orElse(null));
    }

    private static LastSync lastSync(ReplicaStatus.LastSync last) {
        TransferReceipt receipt = last.receipt();
        return new LastSync(
                receipt.id(),
                receipt.fromVersion(),
                receipt.toVersion(),
                receipt.files(),
                receipt.logical().bytes(),
                receipt.wire().bytes(),
                seconds(last.time()),
                price(last.price()),
                receipt.finishedAt().toString());
    }

    private static BigDecimal seconds(Duration duration) {
        return BigDecimal.valueOf(duration.toMillis(), 3);
    }

    private static Price price(Money money) {
        return new Price(money.amount().toPlainString(), money.currency());
    }
}
