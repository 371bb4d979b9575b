package io.sluice.sharing.query;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.lake.table.TableSnapshot;
import io.sluice.sharing.internal.Json;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The predicates in SQL that older clients send: a column compared with a literal, or tested for NULL. Any other text is
 * a hint that is not understood.
 */
final class SqlHint {
    private static final String COLUMN = "\\s*(?:`([^`]+)`|([A-Za-z_]\\w*))\\s*";
    private static final Pattern COMPARISON = Pattern.compile(
            COLUMN + "(<=|>=|<>|!=|=|<|>)\\s*(?:'((?:[^']|'')*)'|(-?\\d+|true|false))\\s*", Pattern.CASE_INSENSITIVE);
    private static final Pattern NULLNESS =
            Pattern.compile(COLUMN + "is\\s+(not\\s+)?null\\s*", Pattern.CASE_INSENSITIVE);

    /** Of Delta's types, as the JSON predicates call them. */
    private static final Map<String, String> VALUE_TYPES = Map.of(
            "integer", "int",
            "short", "int",
            "byte", "int",
            "long", "long",
            "string", "string",
            "date", "date",
            "boolean", "bool");

    private static final Map<String, String> OPERATIONS = Map.of(
            "=", "equal",
            "<", "lessThan",
            "<=", "lessThanOrEqual",
            ">", "greaterThan",
            ">=", "greaterThanOrEqual");

    private final Map<String, String> types = new HashMap<>();

    SqlHint(TableSnapshot snapshot) {
        for (JsonNode field : schema(snapshot).path("fields"))
            types.put(
                    field.path("name").asText().toLowerCase(Locale.ROOT),
                    VALUE_TYPES.getOrDefault(field.path("type").asText(), ""));
    }

    /** A predicate that may be anything where the text is not understood. */
    FilePredicate parse(String sql) {
        return FilePredicate.of(comparison(sql).or(() -> nullness(sql)).orElseGet(Json::object));
    }

    private Optional<ObjectNode> comparison(String sql) {
        Matcher matcher = COMPARISON.matcher(sql);
        if (!matcher.matches()) return Optional.empty();
        String column = column(matcher);
        String type = types.getOrDefault(column.toLowerCase(Locale.ROOT), "");
        String value = matcher.group(4) != null ? matcher.group(4).replace("''", "'") : matcher.group(5);
        String operator = matcher.group(3);
        boolean isUnequal = operator.equals("<>") || operator.equals("!=");
        ObjectNode compared = node(isUnequal ? "equal" : String.valueOf(OPERATIONS.get(operator)));
        compared.withArray("children")
                .add(node("column").put("name", column).put("valueType", type))
                .add(node("literal").put("value", value).put("valueType", type));
        return Optional.of(isUnequal ? not(compared) : compared);
    }

    private static Optional<ObjectNode> nullness(String sql) {
        Matcher matcher = NULLNESS.matcher(sql);
        if (!matcher.matches()) return Optional.empty();
        ObjectNode isNull = node("isNull");
        isNull.withArray("children").add(node("column").put("name", column(matcher)));
        return Optional.of(matcher.group(3) == null ? isNull : not(isNull));
    }

    private static String column(Matcher matcher) {
        return matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
    }

    private static ObjectNode node(String operation) {
        return Json.object().put("op", operation);
    }

    private static ObjectNode not(ObjectNode inner) {
        ObjectNode not = node("not");
        ArrayNode children = not.putArray("children");
        children.add(inner);
        return not;
    }

    private static JsonNode schema(TableSnapshot snapshot) {
        try {
            return Json.MAPPER.readTree(snapshot.metadata().path("schemaString").asText("{}"));
        } catch (JacksonException e) {
            throw new IllegalStateException("the schema in the table's log is not JSON", e);
        }
    }
}
