package io.sluice.sharing.query;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.lake.table.IndexedFile;
import io.sluice.lake.table.PartitionValues;
import io.sluice.lake.table.Utf8;
import io.sluice.sharing.internal.Json;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a table's log tells of a file's columns: partition values exactly, others by their statistics. */
final class FileFacts {
    private final Map<String, Optional<String>> partitionValues;
    private final @Nullable IndexedFile file;
    private @Nullable JsonNode statistics;

    private FileFacts(Map<String, Optional<String>> partitionValues, @Nullable IndexedFile file) {
        this.partitionValues = partitionValues;
        this.file = file;
    }

    /** What is known of all files of a partition. */
    static FileFacts of(PartitionValues values) {
        Map<String, Optional<String>> byColumn = new TreeMap<>();
        values.byColumn()
                .forEach((column, value) -> byColumn.put(
                        column.toLowerCase(Locale.ROOT),
                        // An empty text is how the log writes an absent value.
                        Optional.ofNullable(value).filter(text -> !text.isEmpty())));
        return new FileFacts(byColumn, null);
    }

    /** What is known of one file of this partition. */
    FileFacts in(IndexedFile file) {
        return new FileFacts(partitionValues, file);
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
        long deleted = file == null || !file.hasOtherFields()
                ? 0
                : file.otherFields().path("deletionVector").path("cardinality").asLong(0);
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
            known = file == null ? Json.object() : parsed(file.statistics());
            statistics = known;
        }
        return known;
    }

    private static JsonNode parsed(Utf8 text) {
        try {
            return text.isEmpty() ? Json.object() : Json.MAPPER.readTree(text.bytes(), text.from(), text.length());
        } catch (JacksonException e) {
            return Json.object();
        } catch (IOException e) {
            throw new IllegalStateException("reading from memory failed", e);
        }
    }
}
