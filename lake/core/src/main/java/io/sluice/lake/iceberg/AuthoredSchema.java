package io.sluice.lake.iceberg;

import io.sluice.lake.table.Column;
import io.sluice.lake.table.TableSchema;
import io.sluice.model.failure.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;

/** The columns of a table of our own as Iceberg's, numbered from 1. */
final class AuthoredSchema {
    private static final Pattern DECIMAL = Pattern.compile("decimal\\((\\d{1,2}),(\\d{1,2})\\)");

    private AuthoredSchema() {}

    static Schema of(TableSchema schema) {
        List<NestedField> fields = new ArrayList<>();
        for (Column column : schema.columns())
            fields.add(NestedField.of(fields.size() + 1, column.nullable(), column.name(), type(column)));
        return new Schema(fields);
    }

    private static Type type(Column column) {
        return switch (column.type().name()) {
            case "string" -> Types.StringType.get();
            case "long" -> Types.LongType.get();
            case "integer" -> Types.IntegerType.get();
            case "double" -> Types.DoubleType.get();
            case "boolean" -> Types.BooleanType.get();
            case "date" -> Types.DateType.get();
            case "timestamp" -> Types.TimestampType.withZone();
            default -> decimal(column);
        };
    }

    private static Type decimal(Column column) {
        Matcher decimal = DECIMAL.matcher(column.type().name());
        if (decimal.matches())
            return Types.DecimalType.of(Integer.parseInt(decimal.group(1)), Integer.parseInt(decimal.group(2)));
        throw Failure.unsupported(
                "Column %s has type %s, which cannot be written here. Use string, long, integer, double, boolean, "
                        + "date, timestamp or decimal(precision,scale).",
                column.name(), column.type());
    }
}
