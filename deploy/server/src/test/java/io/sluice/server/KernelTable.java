package io.sluice.server;

import io.delta.kernel.DataWriteContext;
import io.delta.kernel.Operation;
import io.delta.kernel.Scan;
import io.delta.kernel.Snapshot;
import io.delta.kernel.Transaction;
import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.data.Row;
import io.delta.kernel.defaults.engine.DefaultEngine;
import io.delta.kernel.defaults.internal.data.DefaultColumnarBatch;
import io.delta.kernel.defaults.internal.data.vector.DefaultGenericVector;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.internal.InternalScanFileUtils;
import io.delta.kernel.internal.data.ScanStateRow;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.types.LongType;
import io.delta.kernel.types.StructType;
import io.delta.kernel.unitycatalog.UCCatalogManagedClient;
import io.delta.kernel.unitycatalog.UCTableIdentifier;
import io.delta.kernel.utils.CloseableIterable;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.storage.commit.uccommitcoordinator.UCClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/** One catalog-managed table of numbers, written and read by Delta Kernel. Its versions come from the catalog. */
final class KernelTable {
    private static final String WRITER = "sluice-tests";
    private static final StructType SCHEMA = new StructType().add("id", LongType.LONG);

    private final Engine engine = DefaultEngine.create(new Configuration());
    private final UCCatalogManagedClient catalog;
    private final UCTableIdentifier name;
    private final String id;
    private final String location;

    KernelTable(UCClient client, UCTableIdentifier name, String id, String location) {
        this.catalog = new UCCatalogManagedClient(client);
        this.name = name;
        this.id = id;
        this.location = location;
    }

    /** Writes version 0 and tells the catalog of the table. */
    void create(Map<String, String> properties) {
        catalog.buildCreateTableTransaction(id, location, SCHEMA, WRITER, name)
                .withTableProperties(properties)
                .build(engine)
                .commit(engine, CloseableIterable.emptyIterable());
    }

    Snapshot latest() {
        return catalog.loadSnapshot(engine, id, location, name, Optional.empty(), Optional.empty());
    }

    Snapshot at(long version) {
        return catalog.loadSnapshot(engine, id, location, name, Optional.of(version), Optional.empty());
    }

    /** Puts what is staged into the log. */
    void publish() throws Exception {
        latest().publish(engine);
    }

    /** Answers the version that the rows were committed as. */
    long append(Snapshot base, Long... ids) throws IOException {
        // What is refused is to be seen here, and not to be tried again by Kernel.
        Transaction transaction = base.buildUpdateTableTransaction(WRITER, Operation.WRITE)
                .withMaxRetries(0)
                .build(engine);
        Row state = transaction.getTransactionState(engine);
        ColumnarBatch batch = new DefaultColumnarBatch(
                ids.length, SCHEMA, new DefaultGenericVector[] {DefaultGenericVector.fromArray(LongType.LONG, ids)});
        try (var logical = Utils.singletonCloseableIterator(new FilteredColumnarBatch(batch, Optional.empty()));
                var physical = Transaction.transformLogicalData(engine, state, logical, Map.of())) {
            DataWriteContext context = Transaction.getWriteContext(engine, state, Map.of());
            var files = engine.getParquetHandler()
                    .writeParquetFiles(context.getTargetDirectory(), physical, context.getStatisticsColumns());
            CloseableIterator<Row> actions = Transaction.generateAppendActions(engine, state, files, context);
            return transaction
                    .commit(engine, CloseableIterable.inMemoryIterable(actions))
                    .getVersion();
        }
    }

    /** Sets a property of the table, as a commit of its own. */
    long set(String property, String value) {
        return latest().buildUpdateTableTransaction(WRITER, Operation.MANUAL_UPDATE)
                .withTablePropertiesAdded(Map.of(property, value))
                .build(engine)
                .commit(engine, CloseableIterable.emptyIterable())
                .getVersion();
    }

    List<Long> rows(Snapshot snapshot) throws IOException {
        Scan scan = snapshot.getScanBuilder().build();
        Row state = scan.getScanState(engine);
        List<Long> rows = new ArrayList<>();
        try (var batches = scan.getScanFiles(engine)) {
            while (batches.hasNext())
                try (var files = batches.next().getRows()) {
                    while (files.hasNext()) read(state, files.next(), rows);
                }
        }
        return rows;
    }

    private void read(Row state, Row file, List<Long> to) throws IOException {
        var data = engine.getParquetHandler()
                .readParquetFiles(
                        Utils.singletonCloseableIterator(InternalScanFileUtils.getAddFileStatus(file)),
                        ScanStateRow.getPhysicalDataReadSchema(state),
                        Optional.empty())
                .map(result -> result.getData());
        try (var logical = Scan.transformPhysicalData(engine, state, file, data)) {
            while (logical.hasNext())
                try (var found = logical.next().getRows()) {
                    while (found.hasNext()) to.add(found.next().getLong(0));
                }
        }
    }
}
