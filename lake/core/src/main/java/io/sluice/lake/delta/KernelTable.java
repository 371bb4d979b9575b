package io.sluice.lake.delta;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.delta.kernel.Scan;
import io.delta.kernel.Snapshot;
import io.delta.kernel.Table;
import io.delta.kernel.TableManager;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.data.Row;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.engine.FileReadResult;
import io.delta.kernel.exceptions.CheckpointAlreadyExistsException;
import io.delta.kernel.internal.InternalScanFileUtils;
import io.delta.kernel.internal.ScanImpl;
import io.delta.kernel.internal.SnapshotImpl;
import io.delta.kernel.internal.TableImpl;
import io.delta.kernel.internal.data.ScanStateRow;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.FileStatus;
import io.sluice.lake.store.ObjectStore;
import io.sluice.lake.table.DataFile;
import io.sluice.lake.table.FileIndex;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/** A table through kernel. The one place, with {@link ParquetFiles}, that names classes kernel calls internal. */
final class KernelTable {
    private final ObjectStore store;
    private final Engine engine;

    KernelTable(ObjectStore store) {
        this.store = store;
        this.engine = new StoreEngine(store);
    }

    Engine engine() {
        return engine;
    }

    Snapshot latest() throws IOException {
        return KernelFailures.translating(
                store, () -> TableManager.loadSnapshot(StoreFileIO.TABLE).build(engine));
    }

    Snapshot at(long version) throws IOException {
        return KernelFailures.translating(
                store,
                () -> TableManager.loadSnapshot(StoreFileIO.TABLE)
                        .atVersion(version)
                        .build(engine));
    }

    ObjectNode protocol(Snapshot snapshot) {
        return RowJson.of(snapshot.getProtocol().toRow());
    }

    ObjectNode metadata(Snapshot snapshot) {
        return RowJson.of(snapshot.getMetadata().toRow());
    }

    /** When the file of its last commit was written. */
    Instant storedAt(Snapshot snapshot) throws IOException {
        return KernelFailures.translating(
                store,
                () -> Instant.ofEpochMilli(((SnapshotImpl) snapshot)
                        .getLogSegment()
                        .getDeltaFileAtEndVersion()
                        .getModificationTime()));
    }

    long versionAt(long millis) throws IOException {
        return KernelFailures.translating(store, () -> history().getVersionBeforeOrAtTimestamp(engine, millis));
    }

    long versionFrom(long millis) throws IOException {
        return KernelFailures.translating(store, () -> history().getVersionAtOrAfterTimestamp(engine, millis));
    }

    private TableImpl history() {
        return (TableImpl) Table.forPath(engine, StoreFileIO.TABLE);
    }

    Optional<Long> lastTransaction(Snapshot snapshot, String application) throws IOException {
        return KernelFailures.translating(store, () -> snapshot.getLatestTransactionVersion(engine, application));
    }

    FileIndex files(Snapshot snapshot) throws IOException {
        return KernelFailures.translating(store, () -> {
            FileIndex.Builder files = new FileIndex.Builder();
            forEachScanFile(snapshot.getScanBuilder().build(), scanFile -> {
                files.add(action(scanFile));
                return true;
            });
            return files.build();
        });
    }

    /** The rows of every live file, in batches that mark what a deletion vector hides. */
    void forEachBatch(Snapshot snapshot, StructType columns, BatchVisitor visitor) throws IOException {
        KernelFailures.translating(store, () -> {
            Scan scan = snapshot.getScanBuilder().withReadSchema(columns).build();
            Row state = scan.getScanState(engine);
            forEachScanFile(
                    scan,
                    scanFile ->
                            !visitor.wants(DataFile.of(action(scanFile))) || visitBatches(state, scanFile, visitor));
            return visitor;
        });
    }

    void writeCheckpoint(long version) throws IOException {
        KernelFailures.translating(store, () -> {
            try {
                TableManager.loadSnapshot(StoreFileIO.TABLE)
                        .atVersion(version)
                        .build(engine)
                        .writeCheckpoint(engine);
            } catch (CheckpointAlreadyExistsException e) {
                // It is the same checkpoint: a version has one content.
            }
            return version;
        });
    }

    private void forEachScanFile(Scan scan, ScanFileVisitor visitor) throws IOException {
        try (CloseableIterator<FilteredColumnarBatch> batches = ((ScanImpl) scan).getScanFiles(engine, true)) {
            while (batches.hasNext()) {
                try (CloseableIterator<Row> rows = batches.next().getRows()) {
                    while (rows.hasNext()) {
                        if (!visitor.visit(rows.next())) return;
                    }
                }
            }
        }
    }

    private boolean visitBatches(Row state, Row scanFile, BatchVisitor visitor) throws IOException {
        FileStatus file = InternalScanFileUtils.getAddFileStatus(scanFile);
        StructType physical = ScanStateRow.getPhysicalDataReadSchema(state);
        CloseableIterator<FileReadResult> read = engine.getParquetHandler()
                .readParquetFiles(Utils.singletonCloseableIterator(file), physical, Optional.empty());
        try (CloseableIterator<FilteredColumnarBatch> batches =
                Scan.transformPhysicalData(engine, state, scanFile, read.map(FileReadResult::getData))) {
            while (batches.hasNext()) {
                if (!visitor.batch(batches.next())) return false;
            }
        }
        return true;
    }

    private static ObjectNode action(Row scanFile) {
        return RowJson.of(scanFile.getStruct(InternalScanFileUtils.ADD_FILE_ORDINAL));
    }

    /** Gets the files of a scan in turn, and the batches of those that it wants. */
    interface BatchVisitor {
        default boolean wants(DataFile file) throws IOException {
            return true;
        }

        /** False ends the scan. */
        boolean batch(FilteredColumnarBatch batch) throws IOException;
    }

    private interface ScanFileVisitor {
        boolean visit(Row scanFile) throws IOException;
    }
}
