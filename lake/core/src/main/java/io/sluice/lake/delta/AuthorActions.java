package io.sluice.lake.delta;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.lake.table.DataFile;
import io.sluice.lake.table.LogJson;
import io.sluice.lake.table.PartitionPaths;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The actions of our own commits. */
final class AuthorActions {
    private final Clock clock;

    AuthorActions(Clock clock) {
        this.clock = clock;
    }

    /**
     * @param readVersion the version the commit was made on, or -1 when there was none
     */
    ObjectNode commitInfo(String operation, long readVersion, boolean blindAppend) {
        ObjectNode info = LogJson.MAPPER.createObjectNode();
        info.put("timestamp", clock.millis());
        info.put("operation", operation);
        info.putObject("operationParameters");
        if (readVersion >= 0) info.put("readVersion", readVersion);
        info.put("isBlindAppend", blindAppend);
        info.put("engineInfo", "Sluice");
        info.put("txnId", UUID.randomUUID().toString());
        return action("commitInfo", info);
    }

    ObjectNode metadata(String schemaString, List<String> partitionColumns, Map<String, String> properties) {
        ObjectNode metadata = LogJson.MAPPER.createObjectNode();
        metadata.put("id", UUID.randomUUID().toString());
        metadata.putObject("format").put("provider", "parquet").putObject("options");
        metadata.put("schemaString", schemaString);
        ArrayNode columns = metadata.putArray("partitionColumns");
        partitionColumns.forEach(columns::add);
        ObjectNode configuration = metadata.putObject("configuration");
        properties.forEach(configuration::put);
        metadata.put("createdTime", clock.millis());
        return action("metaData", metadata);
    }

    ObjectNode add(ParquetFiles.Written file, Map<String, @Nullable String> partitionValues) {
        ObjectNode add = LogJson.MAPPER.createObjectNode();
        add.put("path", PartitionPaths.uriPath(file.key()));
        ObjectNode values = add.putObject("partitionValues");
        partitionValues.forEach(values::put);
        add.put("size", file.size());
        add.put("modificationTime", file.modifiedMillis());
        add.put("dataChange", true);
        add.put("stats", file.stats());
        return action("add", add);
    }

    ObjectNode remove(DataFile file) {
        ObjectNode remove = LogJson.MAPPER.createObjectNode();
        remove.put("path", file.path());
        remove.put("deletionTimestamp", clock.millis());
        remove.put("dataChange", true);
        remove.put("extendedFileMetadata", true);
        for (String field : List.of("partitionValues", "size", "stats", "deletionVector")) {
            JsonNode value = file.add().get(field);
            if (value != null) remove.set(field, value);
        }
        return action("remove", remove);
    }

    /** The same file with another deletion vector. Its minima and maxima still bound the rows, but tightly no more. */
    ObjectNode addAgain(DataFile file, ObjectNode vector) {
        ObjectNode add = file.add().deepCopy();
        add.put("dataChange", true);
        add.set("deletionVector", vector);
        if (add.path("stats").isTextual())
            add.put("stats", loosened(add.path("stats").asText()));
        return action("add", add);
    }

    private static String loosened(String stats) {
        try {
            ObjectNode json = (ObjectNode) LogJson.MAPPER.readTree(stats);
            json.put("tightBounds", false);
            return LogJson.MAPPER.writeValueAsString(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("statistics that are not JSON: " + stats, e);
        }
    }

    private static ObjectNode action(String name, ObjectNode body) {
        ObjectNode action = LogJson.MAPPER.createObjectNode();
        action.set(name, body);
        return action;
    }
}
