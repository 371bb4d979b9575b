package io.sluice.bench.path;

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

/** A Delta table whose files are what the figure needs: many, or large, or names without bytes. */
final class LogOfFiles {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;
    private final DeltaLogWriter log;
    private long version;

    private LogOfFiles(Path folder, DeltaLogWriter log) {
        this.folder = folder;
        this.log = log;
    }

    /** An empty table with the column {@code id}. */
    static LogOfFiles create(Path folder) throws IOException {
        Files.createDirectories(folder);
        LogOfFiles table = new LogOfFiles(folder, DeltaLogWriter.at(LocalObjectStore.at(folder)));
        ObjectNode protocol = JSON.createObjectNode();
        protocol.putObject("protocol").put("minReaderVersion", 1).put("minWriterVersion", 2);
        ObjectNode metadata = JSON.createObjectNode();
        ObjectNode body = metadata.putObject("metaData").put("id", "b3c8ef1a-0d55-4a8e-9c1f-6a1f5f0f4b11");
        body.putObject("format").put("provider", "parquet").putObject("options");
        body.put(
                "schemaString",
                "{\"type\":\"struct\",\"fields\":[{\"name\":\"id\",\"type\":\"long\",\"nullable\":true,\"metadata\":{}}]}");
        body.putArray("partitionColumns");
        body.putObject("configuration");
        table.commit(0, List.of(protocol, metadata));
        return table;
    }

    Path folder() {
        return folder;
    }

    /** Adds files that lie in the folder already, or that nobody will read. */
    void add(List<String> names, long sizeOfEach) throws IOException {
        List<ObjectNode> actions = new ArrayList<>();
        for (String name : names) {
            ObjectNode action = JSON.createObjectNode();
            ObjectNode add = action.putObject("add").put("path", name);
            add.putObject("partitionValues");
            add.put("size", sizeOfEach)
                    .put("modificationTime", 1_760_000_000_000L)
                    .put("dataChange", true)
                    .put(
                            "stats",
                            "{\"numRecords\":1000,\"minValues\":{\"id\":0},\"maxValues\":{\"id\":999},\"nullCount\":{\"id\":0}}");
            actions.add(action);
        }
        commit(++version, actions);
    }

    private void commit(long number, List<ObjectNode> actions) throws IOException {
        if (!(log.commit(number, actions) instanceof CommitOutcome.Committed))
            throw new IOException("somebody else writes the table at " + folder);
    }
}
