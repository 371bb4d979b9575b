package io.sluice.bench.conformance.tables;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.bench.conformance.share.KnownTable;
import io.sluice.bench.conformance.tables.HandWrittenLog.Beginning;
import io.sluice.lake.table.LogJson;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A log of 50,000 files. Nobody reads them, so they are not there. */
final class ManyFiles {
    private static final int EACH = 1_000;
    private static final int BYTES = 1_000_000;
    private static final String SCHEMA = """
            {"type":"struct","fields":[\
            {"name":"id","type":"long","nullable":true,"metadata":{}},\
            {"name":"day","type":"string","nullable":true,"metadata":{}}]}""";

    private ManyFiles() {}

    static void write(Path root, Optional<Integer> checkpointAt) throws IOException {
        HandWrittenLog log = HandWrittenLog.begin(root, new Beginning(1, 2, SCHEMA, List.of("day"), Map.of()));
        for (int commit = 1; commit <= KnownTable.MANY_VERSIONS; commit++) {
            List<ObjectNode> files = new ArrayList<>();
            for (int i = 0; i < EACH; i++) files.add(HandWrittenLog.add(file(commit, i)));
            long version = log.commit("WRITE", files);
            if (checkpointAt.filter(wanted -> wanted == version).isPresent()) log.checkpoint(version);
        }
    }

    private static ObjectNode file(int commit, int number) {
        String day = "2026-01-%02d".formatted(1 + number % 28);
        long firstId = ((commit - 1L) * EACH + number) * 100;
        ObjectNode add = LogJson.MAPPER
                .createObjectNode()
                .put("path", "day=%s/part-%03d-%05d.snappy.parquet".formatted(day, commit, number));
        add.putObject("partitionValues").put("day", day);
        add.put("size", BYTES + number)
                .put("modificationTime", System.currentTimeMillis())
                .put("dataChange", true);
        return add.put(
                "stats",
                "{\"numRecords\":100,\"minValues\":{\"id\":%d},\"maxValues\":{\"id\":%d},\"nullCount\":{\"id\":0}}"
                        .formatted(firstId, firstId + 99));
    }
}
