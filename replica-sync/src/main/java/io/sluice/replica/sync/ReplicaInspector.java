package io.sluice.replica.sync;

import io.sluice.lake.delta.DeltaLog;
import io.sluice.lake.table.TableSnapshot;
import io.sluice.model.failure.Failure;
import io.sluice.model.money.Money;
import io.sluice.model.usage.ByteCount;
import io.sluice.model.usage.TransferReceipt;
import io.sluice.replica.Replica;
import io.sluice.replica.ReplicaStatus;
import io.sluice.replica.journal.Totals;
import io.sluice.replica.journal.UsageManifest;
import io.sluice.replica.plan.Planner;
import io.sluice.replica.plan.SyncPlan;
import io.sluice.replica.plan.TargetState;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Looks at a replica and changes nothing. The source's log is read for it, outside of any sync: those bytes are on no
 * receipt.
 */
public final class ReplicaInspector {
    private final SyncPorts ports;
    private final InstantSource clock;

    public ReplicaInspector(SyncPorts ports, InstantSource clock) {
        this.ports = ports;
        this.clock = clock;
    }

    public SyncPlan plan(Replica replica) {
        return reading(replica, () -> {
            TableSnapshot source =
                    DeltaLog.at(ports.places().source(replica).store()).snapshot();
            var throughput = SyncSteps.throughput(ports, replica);
            return new Planner(ports.quote()).plan(replica, source, target(replica), throughput, clock.instant());
        });
    }

    public ReplicaStatus status(Replica replica) {
        return reading(replica, () -> {
            TargetState target = target(replica);
            long source = DeltaLog.at(ports.places().source(replica).store()).latestVersion(target.sourceVersion());
            Optional<TransferReceipt> last =
                    ports.journal().lastLanded(replica.id()).map(UsageManifest::receipt);
            Totals totals = ports.journal().totals(replica.id());
            return new ReplicaStatus(
                    replica,
                    source,
                    target.sourceVersion(),
                    target.version(),
                    target.files().size(),
                    target.snapshot().map(TableSnapshot::bytes).orElse(0L),
                    last.map(receipt -> new ReplicaStatus.LastSync(receipt, priceOf(replica, receipt))),
                    totals,
                    price(replica, totals.logical()));
        });
    }

    private TargetState target(Replica replica) throws IOException {
        return new Settlement(replica, DeltaLog.at(ports.places().target(replica)), ports).look();
    }

    private Money priceOf(Replica replica, TransferReceipt receipt) {
        return ports.quote().of(replica.lane(), receipt.logical(), receipt.finishedAt());
    }

    private Money price(Replica replica, ByteCount bytes) {
        return ports.quote().of(replica.lane(), bytes, clock.instant());
    }

    private interface Reading<T> {
        T read() throws IOException;
    }

    private static <T> T reading(Replica replica, Reading<T> reading) {
        try {
            return reading.read();
        } catch (IOException e) {
            throw Failure.unavailable(
                    e,
                    "Replica %s cannot be looked at now: %s Try again later.",
                    replica.name(),
                    String.valueOf(e.getMessage()));
        }
    }
}
