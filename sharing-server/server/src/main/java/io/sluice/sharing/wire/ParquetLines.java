package io.sluice.sharing.wire;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.lake.table.DataFile;
import io.sluice.lake.table.TableSnapshot;
import io.sluice.sharing.internal.Digests;
import io.sluice.sharing.internal.Json;
import java.time.Instant;
import java.util.List;

/** The lines of an answer in parquet format. */
public final class ParquetLines {
    private ParquetLines() {}

    public static ObjectNode protocol() {
        ObjectNode line = Json.object();
        line.putObject("protocol").put("minReaderVersion", 1);
        return line;
    }

    /**
     * Tells readers what they need, and no more: of a column's metadata its comment, of the table's configuration
     * nothing, because what would be of use there goes with shared history, which is not served.
     */
    public static ObjectNode metadata(TableSnapshot snapshot) {
        ObjectNode source = snapshot.metadata();
        ObjectNode line = Json.object();
        ObjectNode metadata = line.putObject("metaData");
        metadata.put("id", source.path("id").asText());
        copyText(source, metadata, "name");
        copyText(source, metadata, "description");
        metadata.putObject("format").put("provider", "parquet");
        metadata.put("schemaString", cleanSchema(source.path("schemaString").asText()));
        ArrayNode columns = metadata.putArray("partitionColumns");
        snapshot.partitionColumns().forEach(columns::add);
        metadata.putObject("configuration");
        metadata.put("size", snapshot.bytes());
        metadata.put("numFiles", snapshot.files().size());
        return line;
    }

    public static ObjectNode file(DataFile file, String url, Instant urlExpiresAt, Capabilities.FileIds ids) {
        ObjectNode line = Json.object();
        ObjectNode wire = line.putObject("file");
        wire.put("url", url);
        wire.put("id", ids == Capabilities.FileIds.DELTA ? Digests.sha256(file.path()) : Digests.md5(file.path()));
        wire.set("partitionValues", file.add().path("partitionValues").deepCopy());
        wire.put("size", file.size());
        copyText(file.add(), wire, "stats");
        wire.put("expirationTimestamp", urlExpiresAt.toEpochMilli());
        return line;
    }

    /** The last line, for clients that asked: without it they must take the answer for broken off. */
    public static ObjectNode endStreamAction(Instant firstUrlExpiry) {
        ObjectNode line = Json.object();
        line.putObject("endStreamAction").put("minUrlExpirationTimestamp", firstUrlExpiry.toEpochMilli());
        return line;
    }

    private static void copyText(ObjectNode from, ObjectNode to, String field) {
        if (from.path(field).isTextual()) to.put(field, from.get(field).textValue());
    }

    private static String cleanSchema(String schema) {
        try {
            JsonNode tree = Json.MAPPER.readTree(schema);
            clean(tree);
            return Json.MAPPER.writeValueAsString(tree);
        } catch (JacksonException e) {
            throw new IllegalStateException("the schema in the table's log is not JSON", e);
        }
    }

    /** Reaches the columns of structs at any depth, in arrays and maps too. */
    private static void clean(JsonNode node) {
        if (node instanceof ObjectNode object
                && object.has("name")
                && object.get("metadata") instanceof ObjectNode metadata) metadata.retain(List.of("comment"));
        if (node.isObject() && node.has("fields")) node.get("fields").forEach(ParquetLines::clean);
        for (String nested : List.of("type", "elementType", "keyType", "valueType"))
            if (node.path(nested).isObject()) clean(node.get(nested));
    }
}
