package io.sluice.bench.conformance.tables;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.bench.conformance.tables.HandWrittenLog.Beginning;
import io.sluice.lake.table.Column;
import io.sluice.lake.table.ColumnType;
import io.sluice.lake.table.TableRow;
import io.sluice.lake.table.TableSchema;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Rows that are inserted twice, updated once and deleted once, with a file of changes where files were rewritten. */
final class ChangesTable {
    private static final Column ID = Column.of("id", ColumnType.LONG);
    private static final Column NAME = Column.of("name", ColumnType.STRING);
    private static final TableSchema ROWS = TableSchema.of(ID, NAME);
    private static final TableSchema CHANGED = TableSchema.of(ID, NAME, Column.of("_change_type", ColumnType.STRING));
    private static final String JSON_SCHEMA = """
            {"type":"struct","fields":[\
            {"name":"id","type":"long","nullable":true,"metadata":{}},\
            {"name":"name","type":"string","nullable":true,"metadata":{}}]}""";

    private ChangesTable() {}

    static void write(Path root) throws IOException {
        HandWrittenLog log = HandWrittenLog.begin(
                root, new Beginning(1, 4, JSON_SCHEMA, List.of(), Map.of("delta.enableChangeDataFeed", "true")));
        ObjectNode first = rows(root, "first.parquet", 0, 10, "row");
        ObjectNode second = rows(root, "second.parquet", 10, 20, "row");
        log.commit("WRITE", List.of(HandWrittenLog.add(first)));
        log.commit("WRITE", List.of(HandWrittenLog.add(second)));
        log.commit(
                "UPDATE",
                List.of(
                        HandWrittenLog.remove(first),
                        HandWrittenLog.add(rows(root, "first-updated.parquet", 0, 10, "updated")),
                        HandWrittenLog.changes(updates(root))));
        log.commit(
                "DELETE",
                List.of(
                        HandWrittenLog.remove(second),
                        HandWrittenLog.add(rows(root, "second-shorter.parquet", 10, 15, "row")),
                        HandWrittenLog.changes(deletes(root))));
    }

    private static ObjectNode rows(Path root, String file, int from, int to, String word) throws IOException {
        List<TableRow> rows = new ArrayList<>();
        for (int id = from; id < to; id++) rows.add(TableRow.of(ROWS, (long) id, word + " " + id));
        return RowsFile.write(root, file, ROWS, rows);
    }

    private static ObjectNode updates(Path root) throws IOException {
        List<TableRow> rows = new ArrayList<>();
        for (int id = 0; id < 10; id++) {
            rows.add(TableRow.of(CHANGED, (long) id, "row " + id, "update_preimage"));
            rows.add(TableRow.of(CHANGED, (long) id, "updated " + id, "update_postimage"));
        }
        return RowsFile.write(root, "_change_data/updates.parquet", CHANGED, rows);
    }

    private static ObjectNode deletes(Path root) throws IOException {
        List<TableRow> rows = new ArrayList<>();
        for (int id = 15; id < 20; id++) rows.add(TableRow.of(CHANGED, (long) id, "row " + id, "delete"));
        return RowsFile.write(root, "_change_data/deletes.parquet", CHANGED, rows);
    }
}
