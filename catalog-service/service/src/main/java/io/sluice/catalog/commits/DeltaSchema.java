package io.sluice.catalog.commits;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.catalog.record.Column;
import io.sluice.model.failure.Failure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Columns as Delta's API writes them: one struct of fields, as in the log of a table, save that the names inside of
 * arrays and maps are in kebab-case. Stored columns keep each field as the log has it.
 */
public final class DeltaSchema {
    private static final ObjectMapper JSON = new JsonMapper();
    private static final Map<String, String> STORED = Map.of(
            "element-type", "elementType",
            "contains-null", "containsNull",
            "key-type", "keyType",
            "value-type", "valueType",
            "value-contains-null", "valueContainsNull");

    private static final Map<String, String> WIRE =
            STORED.entrySet().stream().collect(Collectors.toUnmodifiableMap(Map.Entry::getValue, Map.Entry::getKey));

    private DeltaSchema() {}

    public static List<Column> read(JsonNode struct) {
        requireStruct(struct, "columns");
        List<Column> columns = new ArrayList<>();
        for (JsonNode field : struct.path("fields")) columns.add(column(field, columns.size()));
        return columns;
    }

    private static Column column(JsonNode field, int position) {
        JsonNode type = renamed(field.path("type"), STORED);
        DeltaType named = DeltaType.of(type, field.path("name").asText());
        ObjectNode json = field.deepCopy();
        json.set("type", type);
        JsonNode comment = field.path("metadata").path("comment");
        return new Column(
                field.path("name").asText(),
                named.text(),
                json.toString(),
                named.name(),
                named.precision(),
                named.scale(),
                null,
                position,
                comment.isTextual() ? comment.asText() : null,
                field.path("nullable").asBoolean(),
                null);
    }

    static void requireStruct(JsonNode struct, String path) {
        JsonNode fields = struct.path("fields");
        if (!struct.path("type").asText().equals("struct") || !fields.isArray() || fields.isEmpty())
            throw Failure.invalid("%s is not a struct with at least one field. Send the schema of the table.", path);
        Set<String> names = new HashSet<>();
        for (JsonNode field : fields) {
            String name = field.path("name").asText();
            if (!field.path("name").isTextual() || name.isBlank())
                throw Failure.invalid("A field of %s has no name. Give it one.", path);
            if (!field.path("nullable").isBoolean() || !field.path("metadata").isObject())
                throw Failure.invalid("The field %s of %s lacks nullable or metadata. Send both.", name, path);
            if (!names.add(Partitions.folded(name)))
                throw Failure.invalid("Two fields of %s are called %s. Case does not count.", path, name);
        }
    }

    public static ObjectNode write(List<Column> columns) {
        ObjectNode struct = JsonNodeFactory.instance.objectNode().put("type", "struct");
        ArrayNode fields = struct.putArray("fields");
        columns.forEach(column -> fields.add(field(column)));
        return struct;
    }

    private static ObjectNode field(Column column) {
        ObjectNode field = JsonNodeFactory.instance.objectNode().put("name", column.name());
        JsonNode known = parsed(column.typeJson());
        JsonNode type = known.isObject() && known.has("name") ? known.path("type") : known;
        // Other clients may have registered a column without its type in the form of the log.
        if (type.isMissingNode() || type.isNull()) field.put("type", DeltaType.primitive(column));
        else field.set("type", renamed(type, WIRE));
        field.put("nullable", column.nullable());
        JsonNode metadata = known.path("metadata");
        if (metadata.isObject()) field.set("metadata", metadata);
        else field.putObject("metadata");
        return field;
    }

    /** Types hold types; the metadata of fields is the writer's own and stays as it is. */
    private static JsonNode renamed(JsonNode type, Map<String, String> names) {
        if (!type.isObject()) return type;
        ObjectNode renamed = JsonNodeFactory.instance.objectNode();
        type.fields().forEachRemaining(entry -> {
            String name = names.getOrDefault(entry.getKey(), entry.getKey());
            renamed.set(name, entry.getKey().equals("fields") ? fields(entry.getValue(), names) : inner(entry, names));
        });
        return renamed;
    }

    private static JsonNode inner(Map.Entry<String, JsonNode> entry, Map<String, String> names) {
        return entry.getValue().isObject() ? renamed(entry.getValue(), names) : entry.getValue();
    }

    private static JsonNode fields(JsonNode fields, Map<String, String> names) {
        ArrayNode renamed = JsonNodeFactory.instance.arrayNode();
        for (JsonNode field : fields) {
            if (!(field instanceof ObjectNode object)) {
                renamed.add(field);
                continue;
            }
            ObjectNode copy = object.deepCopy();
            copy.set("type", renamed(object.path("type"), names));
            renamed.add(copy);
        }
        return renamed;
    }

    private static JsonNode parsed(@Nullable String typeJson) {
        if (typeJson == null) return JsonNodeFactory.instance.missingNode();
        try {
            return JSON.readTree(typeJson);
        } catch (IOException e) {
            return JsonNodeFactory.instance.missingNode();
        }
    }
}
