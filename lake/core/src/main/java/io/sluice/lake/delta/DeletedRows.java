package io.sluice.lake.delta;

import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.types.MetadataColumnSpec;
import io.delta.kernel.types.StructType;
import io.sluice.lake.table.DataFile;
import io.sluice.lake.table.TableRow;
import io.sluice.lake.table.TableSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/** Goes through a table's files and notes, for each that loses rows, all rows of it that are deleted then. */
final class DeletedRows implements KernelTable.BatchVisitor {
    private static final String POSITION = "_sluice_row_index";

    private final TableSchema schema;
    private final Predicate<TableRow> condition;
    private final List<Change> changes = new ArrayList<>();
    private @Nullable Change current;

    DeletedRows(TableSchema schema, Predicate<TableRow> condition) {
        this.schema = schema;
        this.condition = condition;
    }

    /** A file with the rows that are deleted before and after. */
    static final class Change {
        private final DataFile file;
        private final RoaringBitmap deleted = new RoaringBitmap();
        private boolean losesRows;
        private long rows;

        private Change(DataFile file) {
            this.file = file;
        }

        DataFile file() {
            return file;
        }

        RoaringBitmap deleted() {
            return deleted;
        }

        boolean emptiesFile() {
            return deleted.getLongCardinality() == rows;
        }
    }

    StructType columns(StructType table) {
        return table.addMetadataColumn(POSITION, MetadataColumnSpec.ROW_INDEX);
    }

    List<Change> changes() {
        return changes.stream().filter(change -> change.losesRows).toList();
    }

    @Override
    public boolean wants(DataFile file) {
        current = new Change(file);
        changes.add(current);
        return true;
    }

    @Override
    public boolean batch(FilteredColumnarBatch batch) {
        Change change = java.util.Objects.requireNonNull(current, "a batch before its file");
        ColumnarBatch data = batch.getData();
        ColumnVector positions = data.getColumnVector(data.getSchema().indexOf(POSITION));
        for (int row = 0; row < data.getSize(); row++) {
            boolean live = BatchRows.isLive(batch, row);
            boolean matched = live && condition.test(BatchRows.row(schema, data, row));
            if (!live || matched) change.deleted.add(Math.toIntExact(positions.getLong(row)));
            if (matched) change.losesRows = true;
            change.rows++;
        }
        return true;
    }
}
