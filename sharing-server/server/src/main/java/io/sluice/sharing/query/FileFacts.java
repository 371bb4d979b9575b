package io.sluice.sharing.query;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.sharing.internal.Json;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a table's log tells of a file's columns: partition values exactly, others by their statistics. */
final class FileFacts {
    private final ObjectNode add;
    private final Map<String, Optional<String>> partitionValues = new TreeMap<>();
    private @Nullable JsonNode statistics;

    /** @param add the action, with texts for partition values and null for no value */
    FileFacts(ObjectNode add) {
        this.add = add;
        for (Map.Entry<String, JsonNode> value : add.path("partitionValues").properties())
            partitionValues.put(
                    value.getKey().toLowerCase(Locale.ROOT),
                    // An empty text is how the log writes an absent value.
                    Optional.ofNullable(value.getValue().textValue()).filter(text -> !text.isEmpty()));
    }

    /**
     * The values of a column.
     *
     * @param low and high texts of the bounds; both null where no row has a value
     * @param isExact every row has the one value
     */
    record Values(@Nullable String low, @Nullable String high, boolean hasNulls, boolean isExact) {}

    /** Empty for a column that nothing is known of. */
    Optional<Values> of(String column) {
        @Nullable Optional<String> value = partitionValues.get(column);
        if (value == null) return fromStatistics(column);
        return Optional.of(new Values(value.orElse(null), value.orElse(null), value.isEmpty(), value.isPresent()));
    }

    /** Without those that are deleted; 0 when the statistics do not tell. */
    long rows() {
        long deleted = add.path("deletionVector").path("cardinality").asLong(0);
        return Math.max(0, statistics().path("numRecords").asLong(0) - deleted);
    }

    private Optional<Values> fromStatistics(String column) {
        JsonNode low = field("minValues", column);
        JsonNode high = field("maxValues", column);
        JsonNode nulls = field("nullCount", column);
        long rows = statistics().path("numRecords").asLong(-1);
        boolean isAllNull = nulls.isIntegralNumber() && nulls.asLong() == rows;
        if (isAllNull) return Optional.of(new Values(null, null, true, false));
        if (!low.isValueNode() || !high.isValueNode() || low.isNull() || high.isNull()) return Optional.empty();
        boolean hasNulls = !nulls.isIntegralNumber() || nulls.asLong() > 0;
        return Optional.of(new Values(low.asText(), high.asText(), hasNulls, false));
    }

    private JsonNode field(String kind, String column) {
        for (Map.Entry<String, JsonNode> value : statistics().path(kind).properties())
            if (value.getKey().equalsIgnoreCase(column)) return value.getValue();
        return statistics().path("");
    }

    private JsonNode statistics() {
        JsonNode known = statistics;
        if (known == null) {
            known = parsed(add.path("stats").asText(""));
            statistics = known;
        }
        return known;
    }

    private static JsonNode parsed(String text) {
        try {
            return text.isEmpty() ? Json.object() : Json.MAPPER.readTree(text);
        } catch (JacksonException e) {
            return Json.object();
        }
    }
}
