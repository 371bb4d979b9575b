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

/** A table whose columns have other names in its files than in its schema. */
final class MappedTable {
    private static final TableSchema PHYSICAL =
            TableSchema.of(Column.of("col-1", ColumnType.LONG), Column.of("col-2", ColumnType.STRING));
    private static final String SCHEMA = """
            {"type":"struct","fields":[\
            {"name":"id","type":"long","nullable":true,\
            "metadata":{"delta.columnMapping.id":1,"delta.columnMapping.physicalName":"col-1"}},\
            {"name":"full name","type":"string","nullable":true,\
            "metadata":{"delta.columnMapping.id":2,"delta.columnMapping.physicalName":"col-2"}}]}""";

    private MappedTable() {}

    static void write(Path root) throws IOException {
        HandWrittenLog log = HandWrittenLog.begin(
                root,
                new Beginning(
                        2,
                        5,
                        SCHEMA,
                        List.of(),
                        Map.of("delta.columnMapping.mode", "name", "delta.columnMapping.maxColumnId", "2")));
        List<TableRow> rows = new ArrayList<>();
        for (int id = 0; id < 10; id++) rows.add(TableRow.of(PHYSICAL, (long) id, "row " + id));
        ObjectNode file = RowsFile.write(root, "rows.parquet", PHYSICAL, rows);
        log.commit("WRITE", List.of(HandWrittenLog.add(file)));
    }
}
