package io.sluice.sharing.query;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.sharing.internal.Json;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * A client's JSON predicate, judged by partition values alone. Hints are best effort: what is not understood here is
 * {@link Truth#UNKNOWN} and leaves files in, it never leaves one out.
 */
final class PartitionPredicate {
    /** As in the reference server. */
    private static final int MAX_LENGTH = 1024 * 1024;

    private final JsonNode tree;

    private PartitionPredicate(JsonNode tree) {
        this.tree = tree;
    }

    static PartitionPredicate parse(String json) {
        if (json.length() > MAX_LENGTH) return new PartitionPredicate(Json.object());
        try {
            return new PartitionPredicate(Json.MAPPER.readTree(json));
        } catch (JacksonException e) {
            return new PartitionPredicate(Json.object());
        }
    }

    /** @param partitionValues as in the log: texts, null for no value */
    Truth test(ObjectNode partitionValues) {
        Map<String, Optional<String>> values = new TreeMap<>();
        partitionValues
                .fields()
                .forEachRemaining(entry -> values.put(
                        entry.getKey().toLowerCase(Locale.ROOT),
                        // An empty text is how the log writes an absent value.
                        Optional.ofNullable(entry.getValue().textValue()).filter(text -> !text.isEmpty())));
        return test(tree, values);
    }

    private static Truth test(JsonNode node, Map<String, Optional<String>> values) {
        return switch (node.path("op").asText()) {
            case "and" -> fold(node, values, Truth.TRUE);
            case "or" -> fold(node, values, Truth.FALSE);
            case "not" -> children(node) == 1 ? test(child(node, 0), values).not() : Truth.UNKNOWN;
            case "isNull" -> isNull(node, values);
            case "equal" -> compare(node, values, order -> order == 0);
            case "lessThan" -> compare(node, values, order -> order < 0);
            case "lessThanOrEqual" -> compare(node, values, order -> order <= 0);
            case "greaterThan" -> compare(node, values, order -> order > 0);
            case "greaterThanOrEqual" -> compare(node, values, order -> order >= 0);
            default -> Truth.UNKNOWN;
        };
    }

    private static Truth fold(JsonNode node, Map<String, Optional<String>> values, Truth neutral) {
        if (children(node) == 0) return Truth.UNKNOWN;
        Truth result = neutral;
        for (JsonNode child : node.get("children")) {
            Truth truth = test(child, values);
            result = neutral == Truth.TRUE ? result.and(truth) : result.or(truth);
        }
        return result;
    }

    private static Truth isNull(JsonNode node, Map<String, Optional<String>> values) {
        Optional<String> value = values.get(column(child(node, 0)));
        return children(node) != 1 || value == null ? Truth.UNKNOWN : Truth.of(value.isEmpty());
    }

    private static Truth compare(JsonNode node, Map<String, Optional<String>> values, IntPredicate accepted) {
        if (children(node) != 2) return Truth.UNKNOWN;
        String left = operand(child(node, 0), values);
        String right = operand(child(node, 1), values);
        // A comparison with NULL is never true, but its negation is not either: so it is no FALSE.
        if (left == null || right == null) return Truth.UNKNOWN;
        String type = child(node, 0).path("valueType").asText();
        if (!type.equals(child(node, 1).path("valueType").asText())) return Truth.UNKNOWN;
        try {
            Optional<Integer> order = order(type, left, right);
            return order.map(found -> Truth.of(accepted.test(found))).orElse(Truth.UNKNOWN);
        } catch (NumberFormatException | DateTimeException e) {
            return Truth.UNKNOWN;
        }
    }

    private static @Nullable String operand(JsonNode node, Map<String, Optional<String>> values) {
        if (node.path("op").asText().equals("literal"))
            return node.path("value").textValue();
        Optional<String> value = values.get(column(node));
        return value == null ? null : value.orElse(null);
    }

    private static String column(JsonNode node) {
        return node.path("op").asText().equals("column")
                ? node.path("name").asText().toLowerCase(Locale.ROOT)
                : "";
    }

    /** Empty for types whose texts cannot be compared safely: time zones, not-a-number. */
    private static Optional<Integer> order(String type, String left, String right) {
        return switch (type) {
            case "int", "long" -> Optional.of(Long.compare(Long.parseLong(left), Long.parseLong(right)));
            case "date" -> Optional.of(LocalDate.parse(left).compareTo(LocalDate.parse(right)));
            case "string" ->
                Optional.of(Arrays.compareUnsigned(
                        left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8)));
            case "bool" -> Optional.of(Boolean.compare(bool(left), bool(right)));
            default -> Optional.empty();
        };
    }

    private static boolean bool(String text) {
        if (text.equalsIgnoreCase("true")) return true;
        if (text.equalsIgnoreCase("false")) return false;
        throw new NumberFormatException("not a boolean: " + text);
    }

    private static int children(JsonNode node) {
        return node.path("children").size();
    }

    private static JsonNode child(JsonNode node, int index) {
        return node.path("children").path(index);
    }
}
