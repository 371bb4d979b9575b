package io.sluice.server.demo;

import io.sluice.catalog.record.Column;
import io.sluice.lake.table.TableSchema;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A table's columns as Unity Catalog describes them. */
final class UnityColumns {
    private UnityColumns() {}

    static List<Column> of(TableSchema schema, List<String> partitionColumns) {
        return IntStream.range(0, schema.columns().size())
                .mapToObj(i -> column(schema.columns().get(i), i))
                .map(column -> partitionColumns.contains(column.name())
                        ? column.partitionedAs(partitionColumns.indexOf(column.name()))
                        : column)
                .toList();
    }

    private static Column column(io.sluice.lake.table.Column column, int position) {
        String type = column.type().name();
        String json = "{\"name\":\"%s\",\"type\":\"%s\",\"nullable\":%s,\"metadata\":{}}"
                .formatted(column.name(), type, column.nullable());
        boolean isDecimal = type.startsWith("decimal(");
        return new Column(
                column.name(),
                text(type),
                json,
                isDecimal
                        ? "DECIMAL"
                        : text(type).equals("bigint") ? "LONG" : text(type).toUpperCase(Locale.ROOT),
                isDecimal ? decimal(type, 0) : null,
                isDecimal ? decimal(type, 1) : null,
                null,
                position,
                null,
                column.nullable(),
                null);
    }

    /** SQL's word for the type. */
    private static String text(String type) {
        return switch (type) {
            case "long" -> "bigint";
            case "integer" -> "int";
            default -> type;
        };
    }

    private static @Nullable Integer decimal(String type, int part) {
        return Integer.valueOf(type.substring("decimal(".length(), type.length() - 1)
                .split(",")[part]
                .trim());
    }
}
