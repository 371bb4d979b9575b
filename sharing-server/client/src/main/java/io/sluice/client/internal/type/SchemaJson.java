package io.sluice.client.internal.type;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.client.internal.type.DataType.Field;
import io.sluice.client.internal.type.DataType.Simple;
import io.sluice.client.internal.type.DataType.Struct;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Delta's schemas in JSON. */
public final class SchemaJson {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Pattern DECIMAL = Pattern.compile("decimal\\((\\d{1,2}),(\\d{1,2})\\)");

    private SchemaJson() {}

    /** @throws IllegalArgumentException for what is no schema, or has types that are not known here */
    public static Struct parse(String json) {
        try {
            return struct(MAPPER.readTree(json));
        } catch (JacksonException e) {
            throw new IllegalArgumentException("The table's schema is not JSON.", e);
        }
    }

    private static Struct struct(JsonNode json) {
        List<Field> fields = new ArrayList<>();
        json.path("fields").forEach(column -> fields.add(field(column)));
        return new Struct(fields);
    }

    private static Field field(JsonNode json) {
        String name = json.path("name").asText();
        DataType type = type(json.path("type"), name);
        JsonNode id = json.path("metadata").path("delta.columnMapping.id");
        return new Field(
                name,
                type,
                json.path("metadata").path("delta.columnMapping.physicalName").asText(name),
                id.canConvertToInt() ? OptionalInt.of(id.asInt()) : OptionalInt.empty());
    }

    private static DataType type(JsonNode json, String column) {
        if (json.isTextual()) return simple(json.textValue(), column);
        return switch (json.path("type").asText()) {
            case "struct" -> struct(json);
            case "array" -> new DataType.Array(type(json.path("elementType"), column));
            case "map" -> new DataType.MapOf(type(json.path("keyType"), column), type(json.path("valueType"), column));
            default -> throw unknown(json.toString(), column);
        };
    }

    private static DataType simple(String name, String column) {
        Matcher decimal = DECIMAL.matcher(name.replace(" ", ""));
        if (decimal.matches())
            return new DataType.Decimal(Integer.parseInt(decimal.group(1)), Integer.parseInt(decimal.group(2)));
        for (Simple type : Simple.values())
            if (type.name().toLowerCase(Locale.ROOT).equals(name)) return type;
        throw unknown(name, column);
    }

    private static IllegalArgumentException unknown(String type, String column) {
        return new IllegalArgumentException("Column %s is of the type %s, which this client cannot read."
                .formatted(column, type.length() > 100 ? type.substring(0, 100) + "…" : type));
    }
}
