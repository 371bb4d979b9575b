package io.sluice.lake.delta;

import io.delta.kernel.Snapshot;
import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.sluice.lake.store.ObjectStore;
import io.sluice.lake.table.ContentHash;
import io.sluice.lake.table.TableRow;
import io.sluice.lake.table.TableSchema;
import io.sluice.lake.table.TableSnapshot;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * The rows of a table at one version, deleted ones left out. For previews and for comparing contents: it reads whole
 * files, one after the other.
 */
public final class TableReader {
    /** None of them is empty. */
    private static final int PREVIEWED_FILES = 1_000;

    private final KernelTable table;
    private final Snapshot snapshot;
    private final TableSchema schema;

    private TableReader(KernelTable table, Snapshot snapshot) {
        this.table = table;
        this.snapshot = snapshot;
        this.schema = KernelTypes.fromKernel(snapshot.getSchema());
    }

    /** The newest version of the table whose folder is the root of {@code store}. */
    public static TableReader latest(ObjectStore store) throws IOException {
        KernelTable table = new KernelTable(store);
        return new TableReader(table, table.latest());
    }

    public static TableReader at(ObjectStore store, long version) throws IOException {
        KernelTable table = new KernelTable(store);
        return new TableReader(table, table.at(version));
    }

    /**
     * The first files of a table that was read before, whatever its format: enough of them for a thousand rows. It has
     * no version.
     */
    public static TableReader preview(ObjectStore store, TableSnapshot table) throws IOException {
        return latest(new OneCommitLog(store, table, PREVIEWED_FILES));
    }

    public long version() {
        return snapshot.getVersion();
    }

    public TableSchema schema() {
        return schema;
    }

    /** At most so many rows, in the order of the files. */
    public List<TableRow> rows(int limit) throws IOException {
        List<TableRow> rows = new ArrayList<>();
        if (limit <= 0) return rows;
        visit(row -> {
            rows.add(row);
            return rows.size() < limit;
        });
        return rows;
    }

    /** Gives every row to {@code visitor} until it answers false. */
    public void visit(Predicate<TableRow> visitor) throws IOException {
        table.forEachBatch(snapshot, snapshot.getSchema(), batch -> visitBatch(batch, visitor));
    }

    /** What the rows are, whatever their order and files. Equal for a table and its faithful replica. */
    public ContentHash contentHash() throws IOException {
        RowBagHash hash = new RowBagHash();
        visit(row -> {
            hash.add(row);
            return true;
        });
        return hash.result();
    }

    private boolean visitBatch(FilteredColumnarBatch batch, Predicate<TableRow> visitor) {
        ColumnarBatch data = batch.getData();
        for (int row = 0; row < data.getSize(); row++) {
            if (BatchRows.isLive(batch, row) && !visitor.test(BatchRows.row(schema, data, row))) return false;
        }
        return true;
    }
}
