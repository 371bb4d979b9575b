package io.sluice.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.cli.exit.CommandFailure;
import io.sluice.cli.http.Json;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A column as it is typed: {@code id:bigint}, {@code price:decimal(10,2)}, {@code id:bigint not null}. */
record NewColumn(String name, String type, boolean nullable) {
    private static final Pattern SHAPE =
            Pattern.compile("(?<name>[^:]+):(?<type>[^:]+?)(?<required>\\s+not\\s+null)?", Pattern.CASE_INSENSITIVE);
    private static final Pattern DECIMAL = Pattern.compile("decimal\\((\\d{1,2}),(\\d{1,2})\\)");

    /** What SQL calls a type, in Unity Catalog's words and in Spark's. */
    private static final Map<String, Words> SIMPLE = Map.ofEntries(
            Map.entry("boolean", new Words("BOOLEAN", "boolean")),
            Map.entry("tinyint", new Words("BYTE", "byte")),
            Map.entry("smallint", new Words("SHORT", "short")),
            Map.entry("int", new Words("INT", "integer")),
            Map.entry("bigint", new Words("LONG", "long")),
            Map.entry("float", new Words("FLOAT", "float")),
            Map.entry("double", new Words("DOUBLE", "double")),
            Map.entry("string", new Words("STRING", "string")),
            Map.entry("binary", new Words("BINARY", "binary")),
            Map.entry("date", new Words("DATE", "date")),
            Map.entry("timestamp", new Words("TIMESTAMP", "timestamp")),
            Map.entry("timestamp_ntz", new Words("TIMESTAMP_NTZ", "timestamp_ntz")));

    private static final Map<String, String> OTHER_WORDS = Map.of(
            "long", "bigint", "integer", "int", "short", "smallint", "byte", "tinyint", "decimal", "decimal(10,0)");

    private record Words(String catalog, String spark) {}

    static NewColumn parse(String text) {
        Matcher shape = SHAPE.matcher(text.strip());
        if (!shape.matches())
            throw CommandFailure.usage("The column \"%s\" is not understood. Write name:type, as in id:bigint.", text);
        String typed = shape.group("type").replaceAll("\\s", "").toLowerCase(Locale.ROOT);
        String type = OTHER_WORDS.getOrDefault(typed, typed);
        if (!SIMPLE.containsKey(type) && !DECIMAL.matcher(type).matches())
            throw CommandFailure.usage(
                    "The type of column \"%s\" is not known here. Use %s or decimal(10,2);"
                            + " create tables of nested types with an engine.",
                    text, String.join(", ", SIMPLE.keySet().stream().sorted().toList()));
        return new NewColumn(shape.group("name").strip(), type, shape.group("required") == null);
    }

    ObjectNode json(int position) {
        Matcher decimal = DECIMAL.matcher(type);
        boolean isDecimal = decimal.matches();
        Words words = isDecimal ? new Words("DECIMAL", type) : SIMPLE.getOrDefault(type, new Words(type, type));
        ObjectNode field =
                Json.object().put("name", name).put("type", words.spark()).put("nullable", nullable);
        field.putObject("metadata");
        ObjectNode column = Json.object()
                .put("name", name)
                .put("type_text", type)
                .put("type_name", words.catalog())
                .put("type_json", field.toString())
                .put("position", position)
                .put("nullable", nullable);
        if (isDecimal)
            column.put("type_precision", Integer.parseInt(decimal.group(1)))
                    .put("type_scale", Integer.parseInt(decimal.group(2)));
        return column;
    }
}
