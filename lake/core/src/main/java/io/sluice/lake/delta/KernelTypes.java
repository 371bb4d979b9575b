package io.sluice.lake.delta;

import io.delta.kernel.types.BasePrimitiveType;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.DecimalType;
import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import io.sluice.lake.table.Column;
import io.sluice.lake.table.ColumnType;
import io.sluice.lake.table.TableSchema;
import io.sluice.model.failure.Failure;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Our column types and kernel's. */
final class KernelTypes {
    /** What {@link TableAuthor} writes; more can be read. */
    private static final Set<ColumnType> WRITTEN = Set.of(
            ColumnType.STRING,
            ColumnType.LONG,
            ColumnType.INTEGER,
            ColumnType.DOUBLE,
            ColumnType.BOOLEAN,
            ColumnType.DATE,
            ColumnType.TIMESTAMP);

    private static final Pattern DECIMAL = Pattern.compile("decimal\\((\\d{1,2}),(\\d{1,2})\\)");

    private KernelTypes() {}

    static StructType toKernel(TableSchema schema) {
        StructType struct = new StructType();
        for (Column column : schema.columns())
            struct = struct.add(new StructField(column.name(), toKernel(column), column.nullable()));
        return struct;
    }

    static TableSchema fromKernel(StructType struct) {
        return new TableSchema(struct.fields().stream()
                .map(field -> new Column(field.getName(), typeOf(field.getDataType()), field.isNullable()))
                .toList());
    }

    private static ColumnType typeOf(DataType type) {
        if (type instanceof DecimalType decimal) return ColumnType.decimal(decimal.getPrecision(), decimal.getScale());
        if (type instanceof StructType struct) return new ColumnType(struct.toJson());
        return new ColumnType(type.toString());
    }

    private static DataType toKernel(Column column) {
        if (WRITTEN.contains(column.type()))
            return BasePrimitiveType.createPrimitive(column.type().name());
        Matcher decimal = DECIMAL.matcher(column.type().name());
        if (decimal.matches()) return decimal(column, decimal);
        throw Failure.unsupported(
                "Column %s has type %s, which cannot be written here. Use string, long, integer, double, boolean, "
                        + "date, timestamp or decimal(precision,scale).",
                column.name(), column.type());
    }

    private static DataType decimal(Column column, Matcher text) {
        int precision = Integer.parseInt(text.group(1));
        int scale = Integer.parseInt(text.group(2));
        if (precision < 1 || precision > 38 || scale > precision)
            throw Failure.invalid(
                    "Column %s has type %s. A decimal has a precision from 1 to 38 and a scale up to its precision.",
                    column.name(), column.type());
        return new DecimalType(precision, scale);
    }
}
