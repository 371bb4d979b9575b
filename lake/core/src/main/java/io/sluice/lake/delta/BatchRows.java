package io.sluice.lake.delta;

import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.sluice.lake.table.TableRow;
import io.sluice.lake.table.TableSchema;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows out of kernel's batches. */
final class BatchRows {
    private BatchRows() {}

    static TableRow row(TableSchema schema, ColumnarBatch batch, int row) {
        List<@Nullable Object> values = new ArrayList<>();
        for (String column : schema.names())
            values.add(RowValues.at(batch.getColumnVector(batch.getSchema().indexOf(column)), row));
        return new TableRow(schema, values);
    }

    /** Whether no deletion vector hides the row. */
    static boolean isLive(FilteredColumnarBatch batch, int row) {
        ColumnVector selection = batch.getSelectionVector().orElse(null);
        return selection == null || (!selection.isNullAt(row) && selection.getBoolean(row));
    }
}
