package io.sluice.sharing.wire;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.sluice.lake.table.TableSnapshot;
import io.sluice.lake.table.Utf8;
import io.sluice.sharing.internal.Json;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;

/** The lines of an answer in parquet format. */
final class ParquetLines implements TableLines {
    /** Cleaning one takes longer than all the rest of a small answer. */
    private static final Cache<String, String> CLEAN_SCHEMAS = Caffeine.newBuilder()
            .maximumWeight(16L << 20)
            .weigher(ParquetLines::bytes)
            .build();

    private static int bytes(String schema, String clean) {
        return schema.length() + clean.length();
    }

    @Override
    public ObjectNode protocol(TableSnapshot snapshot, OptionalLong version) {
        ObjectNode line = Json.object();
        ObjectNode protocol = line.putObject("protocol").put("minReaderVersion", 1);
        version.ifPresent(at -> protocol.put("version", at));
        return line;
    }

    /**
     * Tells readers what they need, and no more: of a column's metadata its comment, of the table's configuration
     * whether it keeps a change data feed, where that is shared.
     */
    @Override
    public ObjectNode metadata(TableSnapshot snapshot, Told told) {
        ObjectNode source = snapshot.metadata();
        ObjectNode line = Json.object();
        ObjectNode metadata = line.putObject("metaData");
        metadata.put("id", source.path("id").asText());
        copyText(source, metadata, "name");
        copyText(source, metadata, "description");
        metadata.putObject("format").put("provider", "parquet");
        metadata.put(
                "schemaString", CLEAN_SCHEMAS.get(source.path("schemaString").asText(), ParquetLines::cleanSchema));
        ArrayNode columns = metadata.putArray("partitionColumns");
        snapshot.partitionColumns().forEach(columns::add);
        ObjectNode configuration = metadata.putObject("configuration");
        if (told.hasChanges() && snapshot.keepsChanges()) configuration.put("enableChangeDataFeed", "true");
        told.write(metadata, snapshot);
        return line;
    }

    @Override
    public void writeFile(JsonGenerator out, SignedFile file, FileIdHash ids) throws IOException {
        out.writeStartObject();
        out.writeObjectFieldStart(file.kind().wireName());
        out.writeFieldName("url");
        file.file().writeUrl(out);
        out.writeStringField("id", ids.of(file.file().path()));
        out.writeFieldName("partitionValues");
        file.action().writePartitionValues(out);
        out.writeNumberField("size", file.action().size());
        boolean hasStatistics = file.kind() == Kind.FILE || file.kind() == Kind.ADD;
        Utf8 statistics = file.action().statistics();
        if (hasStatistics && !statistics.isEmpty()) {
            out.writeFieldName("stats");
            out.writeUTF8String(statistics.bytes(), statistics.from(), statistics.length());
        }
        if (file.commit().isPresent()) file.commit().get().write(out);
        out.writeNumberField("expirationTimestamp", file.urlExpiresAt().toEpochMilli());
        out.writeEndObject();
        out.writeEndObject();
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
