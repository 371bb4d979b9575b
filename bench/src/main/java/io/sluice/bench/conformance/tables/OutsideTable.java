package io.sluice.bench.conformance.tables;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.bench.conformance.tables.HandWrittenLog.Beginning;
import io.sluice.lake.table.Column;
import io.sluice.lake.table.ColumnType;
import io.sluice.lake.table.TableRow;
import io.sluice.lake.table.TableSchema;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A table one of whose files lies elsewhere and is named by its full URI, as shallow clones do. */
final class OutsideTable {
    /** Beside the tables. */
    static final String FOLDER = "conformance_outside_files";

    private static final TableSchema ROWS = TableSchema.of(Column.of("id", ColumnType.LONG));
    private static final String SCHEMA =
            "{\"type\":\"struct\",\"fields\":[{\"name\":\"id\",\"type\":\"long\",\"nullable\":true,\"metadata\":{}}]}";

    private OutsideTable() {}

    /** @param base where the folder of all tables lies for the server, with a slash at its end */
    static void write(Path root, URI base) throws IOException {
        HandWrittenLog log = HandWrittenLog.begin(root, new Beginning(1, 2, SCHEMA, List.of(), Map.of()));
        log.commit("WRITE", List.of(HandWrittenLog.add(rows(root, "inside.parquet", 0))));
        ObjectNode outside = rows(root.resolveSibling(FOLDER), "outside.parquet", 10);
        outside.put("path", base + FOLDER + "/outside.parquet");
        log.commit("CLONE", List.of(HandWrittenLog.add(outside)));
    }

    private static ObjectNode rows(Path folder, String name, int first) throws IOException {
        List<TableRow> rows = new ArrayList<>();
        for (int id = first; id < first + 10; id++) rows.add(TableRow.of(ROWS, (long) id));
        return RowsFile.write(folder, name, ROWS, rows);
    }
}
