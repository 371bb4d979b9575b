package io.sluice.catalog.commits;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.catalog.record.Column;
import io.sluice.model.failure.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A type of Delta in the words of Unity Catalog.
 *
 * @param name as in {@code ColumnInfo.type_name}
 * @param text as SQL writes it
 */
record DeltaType(
        String name,
        String text,
        @Nullable Integer precision,
        @Nullable Integer scale) {
    private static final Pattern DECIMAL = Pattern.compile("decimal\\(\\s*(\\d{1,2})\\s*,\\s*(\\d{1,2})\\s*\\)");
    private static final int MOST_DIGITS = 38;
    /** Those whose names differ between the log, SQL and the catalog. */
    private static final Map<String, DeltaType> RENAMED = Map.of(
            "integer", plain("INT", "int"),
            "long", plain("LONG", "bigint"),
            "short", plain("SHORT", "smallint"),
            "byte", plain("BYTE", "tinyint"));

    private static final List<String> SAME =
            List.of("boolean", "float", "double", "date", "timestamp", "timestamp_ntz", "string", "binary", "variant");

    private static DeltaType plain(String name, String text) {
        return new DeltaType(name, text, null, null);
    }

    /** @param type as the log has it */
    static DeltaType of(JsonNode type, String column) {
        if (type.isTextual()) return primitive(type.asText(), column);
        return switch (type.path("type").asText()) {
            case "array" -> array(type, column);
            case "map" -> map(type, column);
            case "struct" -> struct(type, column);
            default -> throw unknown(type.toString(), column);
        };
    }

    private static DeltaType array(JsonNode type, String column) {
        requireFlag(type, "containsNull", column);
        return plain("ARRAY", "array<" + inner(type, "elementType", column) + ">");
    }

    private static DeltaType map(JsonNode type, String column) {
        requireFlag(type, "valueContainsNull", column);
        return plain("MAP", "map<" + inner(type, "keyType", column) + "," + inner(type, "valueType", column) + ">");
    }

    private static DeltaType struct(JsonNode type, String column) {
        DeltaSchema.requireStruct(type, "column " + column);
        return plain("STRUCT", "struct<" + String.join(",", fields(type, column)) + ">");
    }

    private static void requireFlag(JsonNode type, String flag, String column) {
        if (!type.path(flag).isBoolean())
            throw Failure.invalid("A type within the column %s does not say whether it may be null.", column);
    }

    private static String inner(JsonNode type, String field, String column) {
        return of(type.path(field), column).text();
    }

    private static List<String> fields(JsonNode struct, String column) {
        List<String> fields = new ArrayList<>();
        for (JsonNode field : struct.path("fields"))
            fields.add(field.path("name").asText() + ":" + inner(field, "type", column));
        return fields;
    }

    private static DeltaType primitive(String text, String column) {
        Matcher decimal = DECIMAL.matcher(text);
        if (decimal.matches()) return decimal(Integer.valueOf(decimal.group(1)), Integer.valueOf(decimal.group(2)));
        @Nullable DeltaType renamed = RENAMED.get(text);
        if (renamed != null) return renamed;
        if (!SAME.contains(text)) throw unknown(text, column);
        return plain(text.toUpperCase(Locale.ROOT), text);
    }

    private static DeltaType decimal(int precision, int scale) {
        if (precision > MOST_DIGITS || scale > precision)
            throw Failure.invalid(
                    "decimal(%d,%d) is not a type: at most %d digits, and not more behind the point than in all.",
                    precision, scale, MOST_DIGITS);
        return new DeltaType("DECIMAL", "decimal(" + precision + "," + scale + ")", precision, scale);
    }

    private static Failure unknown(String type, String column) {
        return Failure.invalid("The column %s has the type %s, which is none of Delta's.", column, type);
    }

    /** The log's name for the type of a column that was registered by its name alone. */
    static String primitive(Column column) {
        String name = column.typeName() == null ? "STRING" : column.typeName();
        if (name.equals("DECIMAL")) return "decimal(" + column.typePrecision() + "," + column.typeScale() + ")";
        return RENAMED.entrySet().stream()
                .filter(entry -> entry.getValue().name().equals(name))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(name.toLowerCase(Locale.ROOT));
    }
}
