package io.sluice.lake.delta;

import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.StructType;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows in the form kernel writes. Values are already those of kernel's physical types. */
final class RowsBatch implements ColumnarBatch {
    private final StructType schema;
    private final List<? extends List<? extends @Nullable Object>> rows;

    RowsBatch(StructType schema, List<? extends List<? extends @Nullable Object>> rows) {
        this.schema = schema;
        this.rows = rows;
    }

    @Override
    public StructType getSchema() {
        return schema;
    }

    @Override
    public ColumnVector getColumnVector(int ordinal) {
        return new Values(ordinal);
    }

    @Override
    public int getSize() {
        return rows.size();
    }

    private final class Values implements ColumnVector {
        private final int column;

        Values(int column) {
            this.column = column;
        }

        @Override
        public DataType getDataType() {
            return schema.at(column).getDataType();
        }

        @Override
        public int getSize() {
            return rows.size();
        }

        @Override
        public void close() {}

        @Override
        public boolean isNullAt(int row) {
            return rows.get(row).get(column) == null;
        }

        @Override
        public boolean getBoolean(int row) {
            return (Boolean) value(row);
        }

        @Override
        public int getInt(int row) {
            return (Integer) value(row);
        }

        @Override
        public long getLong(int row) {
            return (Long) value(row);
        }

        @Override
        public double getDouble(int row) {
            return (Double) value(row);
        }

        @Override
        public String getString(int row) {
            return (String) value(row);
        }

        @Override
        public BigDecimal getDecimal(int row) {
            return (BigDecimal) value(row);
        }

        private Object value(int row) {
            Object value = rows.get(row).get(column);
            if (value == null) throw new IllegalStateException("null at row " + row + ", column " + column);
            return value;
        }
    }
}
