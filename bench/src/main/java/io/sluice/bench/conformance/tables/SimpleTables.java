package io.sluice.bench.conformance.tables;

import io.sluice.bench.conformance.share.KnownTable;
import io.sluice.lake.delta.TableAuthor;
import io.sluice.lake.store.LocalObjectStore;
import io.sluice.lake.table.Column;
import io.sluice.lake.table.ColumnType;
import io.sluice.lake.table.TableRow;
import io.sluice.lake.table.TableSchema;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tables that need no more than rows. */
final class SimpleTables {
    private static final TableSchema ROWS =
            TableSchema.of(Column.of("id", ColumnType.LONG), Column.of("name", ColumnType.STRING));
    private static final TableSchema REGIONS =
            TableSchema.of(Column.of("id", ColumnType.LONG), Column.of("region", ColumnType.STRING));
    private static final TableSchema CITIES =
            TableSchema.of(Column.of("Höhe", ColumnType.LONG), Column.of(KnownTable.CITY, ColumnType.STRING));

    private SimpleTables() {}

    static void plain(Path root) throws IOException {
        TableAuthor author = create(root, ROWS, List.of(), Map.of());
        for (int first = 0; first < 30; first += 10) author.append(rows(first, 10));
    }

    static void partitioned(Path root) throws IOException {
        TableAuthor author = create(root, REGIONS, List.of("region"), Map.of());
        List<TableRow> rows = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            rows.add(TableRow.of(REGIONS, (long) i, "eu"));
            rows.add(TableRow.of(REGIONS, 10L + i, "us"));
            rows.add(TableRow.of(REGIONS, 20L + i, null));
        }
        author.append(rows);
    }

    static void deletedRows(Path root) throws IOException {
        TableAuthor author = create(root, ROWS, List.of(), Map.of(TableAuthor.DELETION_VECTORS, "true"));
        author.append(rows(0, 10));
        author.append(rows(10, 10));
        author.deleteWhere(row -> number(row.get("id")) < 5);
    }

    static void unicode(Path root) throws IOException {
        TableAuthor author = create(root, CITIES, List.of(KnownTable.CITY), Map.of());
        List<TableRow> rows = new ArrayList<>();
        for (String city : KnownTable.CITIES) {
            rows.add(TableRow.of(CITIES, 1L, city));
            rows.add(TableRow.of(CITIES, 2L, city));
        }
        author.append(rows);
    }

    /** Numbered from {@code first} on. */
    static List<TableRow> rows(int first, int count) {
        List<TableRow> rows = new ArrayList<>();
        for (int i = first; i < first + count; i++) rows.add(TableRow.of(ROWS, (long) i, "row " + i));
        return rows;
    }

    private static TableAuthor create(
            Path root, TableSchema schema, List<String> partitions, Map<String, String> properties) throws IOException {
        TableAuthor author = TableAuthor.at(LocalObjectStore.at(root));
        author.create(schema, partitions, properties);
        return author;
    }

    private static long number(@Nullable Object value) {
        return value instanceof Long number ? number : Long.MAX_VALUE;
    }
}
