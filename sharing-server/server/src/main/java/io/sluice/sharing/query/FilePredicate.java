package io.sluice.sharing.query;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.sharing.internal.Json;
import io.sluice.sharing.query.FileFacts.Values;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A client's JSON predicate, judged by what the log tells of a file. Hints are best effort: what is not understood here
 * may be anything, and leaves files in.
 */
final class FilePredicate {
    /** As in the reference server. */
    private static final int MAX_LENGTH = 1024 * 1024;

    private final JsonNode tree;

    private FilePredicate(JsonNode tree) {
        this.tree = tree;
    }

    static FilePredicate parse(String json) {
        if (json.length() > MAX_LENGTH) return new FilePredicate(Json.object());
        try {
            return new FilePredicate(Json.MAPPER.readTree(json));
        } catch (JacksonException e) {
            return new FilePredicate(Json.object());
        }
    }

    static FilePredicate of(ObjectNode tree) {
        return new FilePredicate(tree);
    }

    Outcomes test(FileFacts file) {
        return test(tree, file);
    }

    private static Outcomes test(JsonNode node, FileFacts file) {
        return switch (node.path("op").asText()) {
            case "and" -> fold(node, file, true);
            case "or" -> fold(node, file, false);
            case "not" -> children(node) == 1 ? test(child(node, 0), file).not() : Outcomes.UNKNOWN;
            case "isNull" -> isNull(node, file);
            case "equal" -> compare(node, file, Comparison.EQUAL);
            case "lessThan" -> compare(node, file, Comparison.LESS);
            case "lessThanOrEqual" -> compare(node, file, Comparison.GREATER).not();
            case "greaterThan" -> compare(node, file, Comparison.GREATER);
            case "greaterThanOrEqual" -> compare(node, file, Comparison.LESS).not();
            default -> Outcomes.UNKNOWN;
        };
    }

    private static Outcomes fold(JsonNode node, FileFacts file, boolean isAnd) {
        if (children(node) == 0) return Outcomes.UNKNOWN;
        Outcomes result = isAnd ? Outcomes.TRUE : Outcomes.FALSE;
        for (JsonNode child : node.get("children")) {
            Outcomes next = test(child, file);
            result = isAnd ? result.and(next) : result.or(next);
        }
        return result;
    }

    private static Outcomes isNull(JsonNode node, FileFacts file) {
        Optional<Values> values = children(node) == 1 ? file.of(column(child(node, 0))) : Optional.empty();
        if (values.isEmpty()) return Outcomes.UNKNOWN;
        if (values.get().low() == null) return Outcomes.TRUE;
        return new Outcomes(values.get().hasNulls(), true, false);
    }

    private enum Comparison {
        EQUAL,
        LESS,
        GREATER;

        Comparison flipped() {
            return this == EQUAL ? EQUAL : this == LESS ? GREATER : LESS;
        }

        /** @param low and high how the column's bounds compare with the literal */
        Outcomes of(int low, int high, boolean isOneValue) {
            return switch (this) {
                case EQUAL -> isOneValue ? Outcomes.of(low == 0) : new Outcomes(low <= 0 && high >= 0, true, false);
                case LESS -> new Outcomes(low < 0, high >= 0, false);
                case GREATER -> new Outcomes(high > 0, low <= 0, false);
            };
        }
    }

    private static Outcomes compare(JsonNode node, FileFacts file, Comparison comparison) {
        if (children(node) != 2) return Outcomes.UNKNOWN;
        JsonNode left = child(node, 0);
        JsonNode right = child(node, 1);
        if (!left.path("valueType").equals(right.path("valueType"))) return Outcomes.UNKNOWN;
        if (isLiteral(left) && !isLiteral(right)) return compare(right, left, file, comparison.flipped());
        return isLiteral(right) ? compare(left, right, file, comparison) : Outcomes.UNKNOWN;
    }

    private static Outcomes compare(JsonNode column, JsonNode literal, FileFacts file, Comparison comparison) {
        @Nullable String wanted = literal.path("value").textValue();
        Optional<Values> values = wanted == null ? Optional.empty() : values(column, file);
        if (wanted == null || values.isEmpty()) return Outcomes.UNKNOWN;
        @Nullable String low = values.get().low();
        @Nullable String high = values.get().high();
        if (low == null || high == null) return Outcomes.NULL;
        String type = literal.path("valueType").asText();
        try {
            Optional<Integer> lowOrder = order(type, low, wanted);
            Optional<Integer> highOrder = order(type, high, wanted);
            if (lowOrder.isEmpty() || highOrder.isEmpty()) return Outcomes.UNKNOWN;
            return comparison
                    .of(lowOrder.get(), highOrder.get(), values.get().isExact())
                    .orNull(values.get().hasNulls());
        } catch (NumberFormatException | DateTimeException e) {
            return Outcomes.UNKNOWN;
        }
    }

    private static Optional<Values> values(JsonNode operand, FileFacts file) {
        if (!isLiteral(operand)) return file.of(column(operand));
        @Nullable String text = operand.path("value").textValue();
        return text == null ? Optional.empty() : Optional.of(new Values(text, text, false, true));
    }

    private static boolean isLiteral(JsonNode node) {
        return node.path("op").asText().equals("literal");
    }

    private static String column(JsonNode node) {
        return node.path("op").asText().equals("column")
                ? node.path("name").asText().toLowerCase(Locale.ROOT)
                : "";
    }

    /** Empty for types whose texts cannot be compared safely: time zones, cut-off fractions, not-a-number. */
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
