package io.sluice.lake.delta;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.delta.kernel.Snapshot;
import io.delta.kernel.types.StructType;
import io.sluice.lake.delta.CommitOutcome.Exists;
import io.sluice.lake.store.ObjectStore;
import io.sluice.lake.table.TableCommit;
import io.sluice.lake.table.TableRow;
import io.sluice.lake.table.TableSchema;
import io.sluice.model.failure.Failure;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Makes Delta tables of our own: seeds, exports, statements. Plain types, Hive-style partitions, statistics for every
 * column, deletes by deletion vector where the table allows them.
 */
public final class TableAuthor {
    /** Set to {@code true} at creation, it lets rows be deleted without rewriting their files. */
    public static final String DELETION_VECTORS = "delta.enableDeletionVectors";

    /** Set to {@code true} at creation, it lets readers ask what changed from version to version. */
    public static final String CHANGE_DATA_FEED = "delta.enableChangeDataFeed";

    private static final String APPEND_ONLY = "delta.appendOnly";
    private static final int RIVALS_PASSED = 100;

    private final ObjectStore store;
    private final AuthorActions actions;
    private final KernelTable table;
    private final DeltaLogWriter log;

    private TableAuthor(ObjectStore store, Clock clock) {
        this.store = store;
        this.actions = new AuthorActions(clock);
        this.table = new KernelTable(store);
        this.log = DeltaLogWriter.at(store);
    }

    /** Writes the table whose folder is the root of {@code store}. */
    public static TableAuthor at(ObjectStore store, Clock clock) {
        return new TableAuthor(store, clock);
    }

    public static TableAuthor at(ObjectStore store) {
        return at(store, Clock.systemUTC());
    }

    /**
     * Creates an empty table as version 0.
     *
     * @param properties table properties, for example {@link #DELETION_VECTORS}; those of features that are not
     *     written here are refused
     */
    public void create(TableSchema schema, List<String> partitionColumns, Map<String, String> properties)
            throws IOException {
        StructType struct = KernelTypes.toKernel(schema);
        checkPartitions(schema, partitionColumns);
        List<ObjectNode> lines = List.of(
                actions.commitInfo("CREATE TABLE", -1, true),
                ProtocolChoice.protocol(properties),
                actions.metadata(struct.toJson(), partitionColumns, properties));
        if (log.commit(0, lines) instanceof Exists)
            throw Failure.alreadyExists(
                    Failure.Subject.TABLE,
                    "There is a Delta table at %s already. Append to it, or choose another location.",
                    store.root());
    }

    /**
     * Adds rows. Commits of others in between are passed by, unless they change the table's schema or protocol.
     *
     * @return the version that holds the rows
     */
    public long append(List<TableRow> rows) throws IOException {
        Snapshot base = table.latest();
        List<ObjectNode> lines = new ArrayList<>();
        lines.add(actions.commitInfo("WRITE", base.getVersion(), true));
        for (PartitionedRows.Part part : PartitionedRows.split(base, rows)) lines.addAll(write(part));
        return commitBehind(base.getVersion(), lines);
    }

    /**
     * Deletes the rows that match, by deletion vectors; a file that loses its last row leaves the table. Requires the
     * table property {@link #DELETION_VECTORS}.
     *
     * @return the version without those rows: a new one, or the current one when no row matched
     */
    public long deleteWhere(Predicate<TableRow> condition) throws IOException {
        Snapshot base = table.latest();
        checkDeletesAllowed(base);
        DeletedRows deleted = new DeletedRows(KernelTypes.fromKernel(base.getSchema()), condition);
        table.forEachBatch(base, deleted.columns(base.getSchema()), deleted);
        List<ObjectNode> lines = new ArrayList<>();
        lines.add(actions.commitInfo("DELETE", base.getVersion(), false));
        for (DeletedRows.Change change : deleted.changes()) lines.addAll(delete(change));
        if (lines.size() == 1) return base.getVersion();
        return commitNext(base.getVersion() + 1, lines);
    }

    private List<ObjectNode> write(PartitionedRows.Part part) throws IOException {
        return new ParquetFiles(store, table.engine())
                .write(part.folder(), part.schema(), part.rows()).stream()
                        .map(file -> actions.add(file, part.partitionValues()))
                        .toList();
    }

    private List<ObjectNode> delete(DeletedRows.Change change) throws IOException {
        ObjectNode remove = actions.remove(change.file());
        if (change.emptiesFile()) return List.of(remove);
        ObjectNode vector = DeletionVectorFile.write(store, change.deleted());
        return List.of(remove, actions.addAgain(change.file(), vector));
    }

    private long commitBehind(long base, List<ObjectNode> lines) throws IOException {
        for (long version = base + 1; version <= base + RIVALS_PASSED; version++) {
            if (!(log.commit(version, lines) instanceof Exists)) return version;
            checkRivalHarmless(version);
        }
        throw Failure.conflict(
                "%d commits to the table at %s came first. Try again when it is quieter.", RIVALS_PASSED, store.root());
    }

    private long commitNext(long version, List<ObjectNode> lines) throws IOException {
        if (log.commit(version, lines) instanceof Exists)
            throw Failure.conflict(
                    "Version %d of the table at %s was committed by another writer meanwhile. Read again and retry.",
                    version, store.root());
        return version;
    }

    private void checkRivalHarmless(long version) throws IOException {
        TableCommit rival = DeltaLog.at(store).changes(version, version).get(0);
        if (rival.actions().stream().anyMatch(action -> action.has("metaData") || action.has("protocol")))
            throw Failure.conflict(
                    "Version %d changed the schema or protocol of the table at %s. Read again and retry.",
                    version, store.root());
    }

    private void checkDeletesAllowed(Snapshot base) {
        Map<String, String> properties = base.getTableProperties();
        if (Boolean.parseBoolean(properties.get(APPEND_ONLY)))
            throw Failure.invalid(
                    "The table at %s is append-only (%s = true): rows cannot be deleted.", store.root(), APPEND_ONLY);
        if (!Boolean.parseBoolean(properties.get(DELETION_VECTORS)))
            throw Failure.unsupported(
                    "The table at %s has no deletion vectors, and rewriting files is not supported. "
                            + "Create the table with %s = true.",
                    store.root(), DELETION_VECTORS);
    }

    private static void checkPartitions(TableSchema schema, List<String> partitionColumns) {
        for (String column : partitionColumns) {
            if (schema.indexOf(column) < 0)
                throw Failure.invalid(
                        "Partition column %s is not in the schema (%s).", column, String.join(", ", schema.names()));
        }
        if (partitionColumns.size() == schema.columns().size())
            throw Failure.invalid("A table needs a column that is not a partition column. Add one, or partition less.");
    }
}
