package io.sluice.server.wiring;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.sluice.catalog.govern.Metastores;
import io.sluice.catalog.snapshot.Snapshots;
import io.sluice.catalog.store.Database;
import io.sluice.catalog.store.SqlUnitOfWork;
import io.sluice.crypto.hierarchy.KeyHierarchy;
import io.sluice.model.failure.Failure;
import io.sluice.server.observe.Denials;
import io.sluice.server.observe.Metric;
import io.sluice.server.observe.ServingState;
import io.sluice.server.observe.StoreCheck;
import io.sluice.server.pods.Shards;
import io.sluice.sharing.query.TableSnapshots;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.LongAdder;
import org.eclipse.microprofile.health.Readiness;

/** The figures that the rooms keep themselves, read when the metrics are asked for. */
@Singleton
public final class RoomMeters {
    void register(
            @Observes StartupEvent started,
            MeterRegistry meters,
            Database database,
            SqlUnitOfWork work,
            Snapshots snapshots,
            Metastores metastores,
            KeyHierarchy keys,
            TableSnapshots sharedTables,
            Shards shards,
            Denials denials,
            ServingState state,
            @Readiness StoreCheck store) {
        Metric.DENIALS.count(meters, denials, Denials::count);
        Metric.SQL_STATEMENTS.count(meters, database, Database::statementsSent);
        Metric.STORE_REACHABLE.gauge(meters, () -> store.answers() ? 1 : 0);
        Metric.SNAPSHOT_HITS.count(meters, snapshots, Snapshots::hits);
        Metric.SNAPSHOT_MISSES.count(meters, snapshots, Snapshots::misses);
        Metric.SNAPSHOT_CATALOG_MISSES.count(meters, snapshots, Snapshots::catalogMisses);
        Metric.SNAPSHOT_LOADS.count(meters, snapshots, Snapshots::loads);
        Metric.SHARE_INDEX_LOADS.count(meters, sharedTables, TableSnapshots::loads);
        Metric.SHARE_INDEX_BROUGHT.count(meters, sharedTables, TableSnapshots::brought);
        Metric.AUDIT_ROWS.count(meters, work, SqlUnitOfWork::auditRowsWritten);
        Metric.VENDED.count(meters, metastores, Metastores::vended);
        Metric.SNAPSHOT_TABLES.gauge(meters, snapshots::residentTables);
        Metric.SNAPSHOT_CATALOGS.gauge(meters, snapshots::residentCatalogs);
        Metric.SNAPSHOT_BYTES.gauge(meters, snapshots::residentBytes);
        Metric.CHANGES_BEHIND.gauge(meters, () -> changesBehind(snapshots));
        Metric.ASSIGNMENT_GENERATION.gauge(
                meters, () -> shards.assignment().generation().number());
        Metric.ROOT_OWNED.gauge(meters, () -> shards.ownsRoot() ? 1 : 0);
        Metric.READY.gauge(meters, () -> state.isServing() ? 1 : 0);
        LongAdder epochs = new LongAdder();
        keys.onEpochChange(scope -> epochs.increment());
        Metric.KEY_EPOCH_CHANGES.count(meters, epochs, LongAdder::sum);
    }

    /** A store that is away is told by the readiness; the other figures must still be seen. */
    private static Number changesBehind(Snapshots snapshots) {
        try {
            return snapshots.changesBehind();
        } catch (Failure e) {
            return Double.NaN;
        }
    }
}
