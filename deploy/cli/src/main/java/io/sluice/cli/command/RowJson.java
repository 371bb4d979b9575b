package io.sluice.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.cli.http.Json;
import io.sluice.client.Row;
import io.sluice.client.Rows;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows of a shared table in the form in which the server previews them: a row is an array. */
final class RowJson {
    private static final JsonNodeFactory NODES = JsonNodeFactory.withExactBigDecimals(true);

    private RowJson() {}

    /** @param limit of rows */
    static JsonNode of(Rows rows, long limit) {
        ObjectNode answer = Json.object().put("version", rows.version());
        ArrayNode columns = answer.putArray("columns");
        ArrayNode all = answer.putArray("rows");
        while (all.size() < limit && rows.hasNext()) {
            ArrayNode values = all.addArray();
            rows.next().toMap().values().forEach(value -> values.add(node(value)));
        }
        for (int place = 0; place < rows.names().size(); place++)
            columns.addObject()
                    .put("name", rows.names().get(place))
                    .put("type", all.path(0).path(place).isNumber() ? "decimal" : "string");
        return answer;
    }

    /** Numbers and booleans as such, what has parts with its parts, everything else in its ISO form. */
    private static JsonNode node(@Nullable Object value) {
        if (value == null) return NODES.nullNode();
        if (value instanceof Boolean flag) return NODES.booleanNode(flag);
        if (value instanceof Integer number) return NODES.numberNode(number);
        if (value instanceof Long number) return NODES.numberNode(number);
        if (value instanceof Float number) return NODES.numberNode(number);
        if (value instanceof Double number) return NODES.numberNode(number);
        if (value instanceof BigDecimal number) return NODES.numberNode(number);
        if (value instanceof byte[] bytes) return NODES.binaryNode(bytes);
        if (value instanceof Row row) return object(row.toMap());
        if (value instanceof Map<?, ?> map) return object(map);
        if (value instanceof List<?> list) {
            ArrayNode array = NODES.arrayNode();
            list.forEach(element -> array.add(node(element)));
            return array;
        }
        return NODES.textNode(value.toString());
    }

    private static JsonNode object(Map<?, ?> parts) {
        ObjectNode object = NODES.objectNode();
        parts.forEach((name, part) -> object.set(String.valueOf(name), node(part)));
        return object;
    }
}
