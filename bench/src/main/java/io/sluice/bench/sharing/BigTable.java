package io.sluice.bench.sharing;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.lake.delta.CommitOutcome;
import io.sluice.lake.delta.DeltaLogWriter;
import io.sluice.lake.store.LocalObjectStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * A Delta table of five columns, partitioned by day, whose log names many files. Nobody reads them, so they are not
 * there. A commit goes through all partitions, as a load of late data does.
 *
 * @param filesPerCommit in each of the commits
 * @param hasStatistics some 350 bytes for a file
 */
record BigTable(int commits, int filesPerCommit, int partitions, boolean hasStatistics) {
    static final String FIRST_DAY = "2026-01-001";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SCHEMA = """
            {"type":"struct","fields":[
            {"name":"id","type":"long","nullable":true,"metadata":{}},
            {"name":"amount","type":"double","nullable":true,"metadata":{}},
            {"name":"customer","type":"string","nullable":true,"metadata":{}},
            {"name":"booked","type":"timestamp","nullable":true,"metadata":{}},
            {"name":"day","type":"string","nullable":true,"metadata":{}}]}""".replace("\n", "");

    int files() {
        return commits * filesPerCommit;
    }

    /** @param checkpointAt a version, or -1 for none */
    void write(Path folder, int checkpointAt) throws IOException {
        Files.createDirectories(folder);
        DeltaLogWriter log = DeltaLogWriter.at(LocalObjectStore.at(folder));
        for (int version = 0; version <= commits; version++) {
            List<ObjectNode> actions = version == 0 ? beginning() : files(version);
            if (!(log.commit(version, actions) instanceof CommitOutcome.Committed))
                throw new IOException("somebody else writes the table at " + folder);
            if (version == checkpointAt) log.writeCheckpoint(version);
        }
    }

    private static List<ObjectNode> beginning() {
        ObjectNode protocol = JSON.createObjectNode();
        protocol.putObject("protocol").put("minReaderVersion", 1).put("minWriterVersion", 2);
        ObjectNode metadata = JSON.createObjectNode();
        ObjectNode body =
                metadata.putObject("metaData").put("id", UUID.randomUUID().toString());
        body.putObject("format").put("provider", "parquet").putObject("options");
        body.put("schemaString", SCHEMA);
        body.putArray("partitionColumns").add("day");
        body.putObject("configuration");
        return List.of(protocol, metadata);
    }

    private List<ObjectNode> files(int version) {
        List<ObjectNode> actions = new ArrayList<>();
        for (int i = 0; i < filesPerCommit; i++) {
            int number = (version - 1) * filesPerCommit + i;
            String day = "2026-01-%03d".formatted(1 + number % partitions);
            ObjectNode action = JSON.createObjectNode();
            // 80 bytes, as writers name their files.
            ObjectNode add = action.putObject("add")
                    .put(
                            "path",
                            "day=%s/part-%05d-4b2c7d1e-0f3a-4c58-9d6e-%012d.c000.snappy.parquet"
                                    .formatted(day, i, number));
            add.putObject("partitionValues").put("day", day);
            add.put("size", 130_000_000 + number)
                    .put("modificationTime", 1_760_000_000_000L)
                    .put("dataChange", true);
            add.put("stats", hasStatistics ? statistics(number) : "");
            if (!hasStatistics) add.remove("stats");
            actions.add(action);
        }
        return actions;
    }

    private static String statistics(int number) {
        return """
                {"numRecords":100000,"minValues":{"id":%d,"amount":0.01,"customer":"aardvark industries","booked":"2026-01-01T00:00:00.000Z"},"maxValues":{"id":%d,"amount":99999.99,"customer":"zymurgy and daughters","booked":"2026-01-01T23:59:59.999Z"},"nullCount":{"id":0,"amount":12,"customer":3,"booked":0}}""".formatted(number * 100_000L, number * 100_000L + 99_999).strip();
    }
}
