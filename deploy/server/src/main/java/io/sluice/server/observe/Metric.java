package io.sluice.server.observe;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * Our series. Names of tables, recipients and users never become labels: there may be millions, and who looks at a
 * dashboard need not be allowed to see them.
 */
public enum Metric {
    REQUESTS("sluice.http.requests", "Answers by method, route and status", ""),
    REQUEST_TIME("sluice.http.request.duration", "Time from the first byte in to the last byte out", ""),
    DENIALS("sluice.authorization.denials", "Requests that were refused for want of a right", ""),
    SIGN_IN_REFUSALS("sluice.authentication.refusals", "Requests without a token that is good", ""),
    SNAPSHOT_HITS("sluice.snapshot.hits", "Reads that memory answered", ""),
    SNAPSHOT_MISSES("sluice.snapshot.misses", "Reads for which the store was asked first", ""),
    SNAPSHOT_CATALOG_MISSES("sluice.snapshot.catalog.misses", "Misses for what is in a catalog", ""),
    SNAPSHOT_LOADS("sluice.snapshot.loads", "Misses for which a whole catalog was read", ""),
    SNAPSHOT_TABLES("sluice.snapshot.tables", "Tables in memory", ""),
    SNAPSHOT_CATALOGS("sluice.snapshot.catalogs", "Catalogs in memory", ""),
    SNAPSHOT_BYTES("sluice.snapshot.resident", "Serialised objects in memory", "bytes"),
    CHANGES_BEHIND("sluice.changelog.lag", "Changes in the store that memory has not heard of", "changes"),
    STORE_REACHABLE("sluice.store.reachable", "1 while the metadata store answers", ""),
    SQL_STATEMENTS("sluice.sql.statements", "Statements sent to the metadata store", ""),
    VENDED("sluice.credentials.vended", "Temporary credentials that were given out", ""),
    AUDIT_ROWS("sluice.audit.rows", "Rows written to the audit log", ""),
    SHARE_QUERIES("sluice.share.queries", "Queries of shared tables that were answered", ""),
    SHARE_LISTED("sluice.share.listed", "Sizes of the files whose URLs were handed out", "bytes"),
    SHARE_INDEX_LOADS("sluice.share.index.loads", "Logs of shared tables that were read as a whole", ""),
    SHARE_INDEX_BROUGHT("sluice.share.index.brought", "Indexes of shared tables that came from another pod", ""),
    GATEWAY_SERVED("sluice.gateway.served", "Plain bytes that left through the file gateway", "bytes"),
    SYNCS("sluice.sync.receipts", "Syncs that moved something", ""),
    SYNC_WIRE("sluice.sync.wire", "Bytes read from source stores, every attempt", "bytes"),
    SYNC_LOGICAL("sluice.sync.logical", "Bytes that replicas gained", "bytes"),
    KEY_EPOCH_CHANGES("sluice.keys.epoch.changes", "Key scopes that were revoked, restored or destroyed", ""),
    ASSIGNMENT_GENERATION("sluice.assigner.generation", "Number of the assignment that this pod follows", ""),
    ROOT_OWNED("sluice.shard.root.owned", "1 on the pod that owns the metastore's root", ""),
    READY("sluice.ready", "1 while this pod wants requests", "");

    /** From answers out of memory to first bytes of large tables. */
    private static final Duration[] BOUNDS = {
        Duration.ofMillis(1),
        Duration.ofMillis(5),
        Duration.ofMillis(25),
        Duration.ofMillis(100),
        Duration.ofMillis(500),
        Duration.ofMillis(2_500)
    };

    private final String key;
    private final String description;
    private final String unit;

    Metric(String key, String description, String unit) {
        this.key = key;
        this.description = description;
        this.unit = unit;
    }

    /** @param count read when the metrics are asked for, so that counting costs no more than the adder behind it */
    public <T> void count(MeterRegistry meters, T source, ToDoubleFunction<T> count) {
        count(meters, source, count, Tags.empty());
    }

    <T> void count(MeterRegistry meters, T source, ToDoubleFunction<T> count, Tags tags) {
        FunctionCounter.Builder<T> builder = FunctionCounter.builder(key, source, count)
                .description(description)
                .tags(tags);
        (unit.isEmpty() ? builder : builder.baseUnit(unit)).register(meters);
    }

    public void gauge(MeterRegistry meters, Supplier<Number> value) {
        Gauge.Builder<Supplier<Number>> builder =
                Gauge.builder(key, value).description(description).strongReference(true);
        (unit.isEmpty() ? builder : builder.baseUnit(unit)).register(meters);
    }

    Timer timer(MeterRegistry meters, Tags tags) {
        return Timer.builder(key)
                .description(description)
                .tags(tags)
                .serviceLevelObjectives(BOUNDS)
                .register(meters);
    }

    String key() {
        return key;
    }
}
