package io.sluice.bench.conformance.tables;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.lake.delta.CommitOutcome;
import io.sluice.lake.delta.DeltaLogWriter;
import io.sluice.lake.store.LocalObjectStore;
import io.sluice.lake.table.LogJson;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A log whose actions are chosen one by one. */
final class HandWrittenLog {
    private final Path root;
    private final DeltaLogWriter log;
    private long next;

    private HandWrittenLog(Path root) throws IOException {
        this.root = root;
        this.log = DeltaLogWriter.at(LocalObjectStore.at(root));
    }

    /** What a table is from its version 0 on. */
    record Beginning(
            int readerVersion,
            int writerVersion,
            String schema,
            List<String> partitionColumns,
            Map<String, String> configuration) {}

    static HandWrittenLog begin(Path root, Beginning beginning) throws IOException {
        HandWrittenLog log = new HandWrittenLog(root);
        ObjectNode protocol = LogJson.MAPPER.createObjectNode();
        protocol.put("minReaderVersion", beginning.readerVersion()).put("minWriterVersion", beginning.writerVersion());
        ObjectNode metadata =
                LogJson.MAPPER.createObjectNode().put("id", UUID.randomUUID().toString());
        metadata.putObject("format").put("provider", "parquet").putObject("options");
        metadata.put("schemaString", beginning.schema());
        beginning.partitionColumns().forEach(metadata.putArray("partitionColumns")::add);
        beginning.configuration().forEach(metadata.putObject("configuration")::put);
        metadata.put("createdTime", System.currentTimeMillis());
        log.commit("CREATE TABLE", List.of(action("protocol", protocol), action("metaData", metadata)));
        return log;
    }

    long commit(String operation, List<ObjectNode> actions) throws IOException {
        ObjectNode info = LogJson.MAPPER.createObjectNode().put("timestamp", System.currentTimeMillis());
        info.put("operation", operation).putObject("operationParameters");
        List<ObjectNode> lines = new ArrayList<>();
        lines.add(action("commitInfo", info));
        lines.addAll(actions);
        if (!(log.commit(next, lines) instanceof CommitOutcome.Committed))
            throw new IOException("somebody else writes the table at " + root);
        return next++;
    }

    void checkpoint(long version) throws IOException {
        log.writeCheckpoint(version);
    }

    static ObjectNode add(ObjectNode file) {
        return action("add", file);
    }

    static ObjectNode remove(ObjectNode added) {
        ObjectNode remove =
                LogJson.MAPPER.createObjectNode().put("path", added.path("path").asText());
        remove.put("deletionTimestamp", System.currentTimeMillis())
                .put("dataChange", true)
                .put("extendedFileMetadata", true);
        remove.set("partitionValues", added.path("partitionValues"));
        return action("remove", remove.put("size", added.path("size").asLong()));
    }

    /** A file of changed rows. */
    static ObjectNode changes(ObjectNode file) {
        ObjectNode cdc =
                LogJson.MAPPER.createObjectNode().put("path", file.path("path").asText());
        cdc.set("partitionValues", file.path("partitionValues"));
        return action("cdc", cdc.put("size", file.path("size").asLong()).put("dataChange", false));
    }

    private static ObjectNode action(String name, ObjectNode body) {
        ObjectNode action = LogJson.MAPPER.createObjectNode();
        action.set(name, body);
        return action;
    }
}
