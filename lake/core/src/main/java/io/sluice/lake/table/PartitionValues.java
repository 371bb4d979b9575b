package io.sluice.lake.table;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The values of a table's partition columns for all rows of a file. Many files have the same, and then share one object.
 * Without a value is null; the empty text, by which the log also writes that, stays as it is.
 */
public final class PartitionValues {
    static final PartitionValues NONE = of(LogJson.MAPPER.createObjectNode());

    private final Map<String, @Nullable String> values;
    private final SerializedString json;

    private PartitionValues(Map<String, @Nullable String> values, SerializedString json) {
        this.values = Collections.unmodifiableMap(values);
        this.json = json;
    }

    /** As in an action. */
    public static PartitionValues of(ObjectNode json) {
        Map<String, @Nullable String> values = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> value : json.properties())
            values.put(value.getKey(), value.getValue().textValue());
        return of(values);
    }

    public static PartitionValues of(Map<String, @Nullable String> values) {
        try {
            return new PartitionValues(
                    new LinkedHashMap<>(values), new SerializedString(LogJson.MAPPER.writeValueAsString(values)));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("texts that cannot be written as JSON", e);
        }
    }

    /** By column name, in the order of the log. */
    public Map<String, @Nullable String> byColumn() {
        return values;
    }

    /** The object as it stands in an action, ready to be written many times. */
    public SerializableString json() {
        return json;
    }

    ObjectNode toJson() {
        ObjectNode node = LogJson.MAPPER.createObjectNode();
        values.forEach(node::put);
        return node;
    }

    /** About what it costs to keep one. */
    long residentBytes() {
        return 96 + 3L * json.charLength() + 48L * values.size();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PartitionValues that && values.equals(that.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return values.toString();
    }
}
