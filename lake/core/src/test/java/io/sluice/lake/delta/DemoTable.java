package io.sluice.lake.delta;

import io.sluice.lake.store.ObjectStore;
import io.sluice.lake.table.Column;
import io.sluice.lake.table.ColumnType;
import io.sluice.lake.table.TableRow;
import io.sluice.lake.table.TableSchema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A small table of numbered rows, for tests that care about logs and not about columns. */
public final class DemoTable {
    public static final TableSchema SCHEMA =
            TableSchema.of(Column.required("n", ColumnType.LONG), Column.of("text", ColumnType.STRING));

    private DemoTable() {}

    /** A table whose version 1 holds the rows 0 to 99. */
    public static TableAuthor plain(ObjectStore store) throws IOException {
        return filled(store, Map.of());
    }

    /** The same, ready for deletion vectors. */
    public static TableAuthor withVectors(ObjectStore store) throws IOException {
        return filled(store, Map.of(TableAuthor.DELETION_VECTORS, "true"));
    }

    /** The rows {@code from..to}, the latter not included. */
    public static List<TableRow> rows(long from, long to) {
        List<TableRow> rows = new ArrayList<>();
        for (long n = from; n < to; n++) rows.add(TableRow.of(SCHEMA, n, "row " + n));
        return rows;
    }

    /** A row's number. */
    public static long n(TableRow row) {
        return (long) Objects.requireNonNull(row.get("n"));
    }

    private static TableAuthor filled(ObjectStore store, Map<String, String> properties) throws IOException {
        TableAuthor author = TableAuthor.at(store);
        author.create(SCHEMA, List.of(), properties);
        author.append(rows(0, 100));
        return author;
    }
}
