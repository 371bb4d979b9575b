package io.sluice.lake.delta;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.delta.kernel.data.ArrayValue;
import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.MapValue;
import io.delta.kernel.data.Row;
import io.delta.kernel.types.ArrayType;
import io.delta.kernel.types.BooleanType;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.IntegerType;
import io.delta.kernel.types.LongType;
import io.delta.kernel.types.MapType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import io.sluice.lake.table.LogJson;

/** Kernel's action rows as the JSON of the log. Absent fields stay absent; a null inside a map stays a null. */
final class RowJson {
    private RowJson() {}

    static ObjectNode of(Row row) {
        ObjectNode json = LogJson.MAPPER.createObjectNode();
        StructType schema = row.getSchema();
        for (int ordinal = 0; ordinal < schema.length(); ordinal++) {
            StructField field = schema.at(ordinal);
            if (!row.isNullAt(ordinal)) json.set(field.getName(), value(row, ordinal, field.getDataType()));
        }
        return json;
    }

    private static JsonNode value(Row row, int ordinal, DataType type) {
        var nodes = LogJson.MAPPER.getNodeFactory();
        if (type instanceof StringType) return nodes.textNode(row.getString(ordinal));
        if (type instanceof LongType) return LogJson.number(row.getLong(ordinal));
        if (type instanceof IntegerType) return nodes.numberNode(row.getInt(ordinal));
        if (type instanceof BooleanType) return nodes.booleanNode(row.getBoolean(ordinal));
        if (type instanceof StructType) return of(row.getStruct(ordinal));
        if (type instanceof MapType) return strings(row.getMap(ordinal));
        if (type instanceof ArrayType) return strings(row.getArray(ordinal));
        throw new IllegalStateException("an action with a field of type " + type);
    }

    private static ObjectNode strings(MapValue map) {
        ObjectNode json = LogJson.MAPPER.createObjectNode();
        ColumnVector keys = map.getKeys();
        ColumnVector values = map.getValues();
        for (int entry = 0; entry < map.getSize(); entry++) {
            if (values.isNullAt(entry)) json.putNull(keys.getString(entry));
            else json.put(keys.getString(entry), values.getString(entry));
        }
        return json;
    }

    private static ArrayNode strings(ArrayValue array) {
        ArrayNode json = LogJson.MAPPER.createArrayNode();
        ColumnVector elements = array.getElements();
        for (int element = 0; element < array.getSize(); element++) json.add(elements.getString(element));
        return json;
    }
}
