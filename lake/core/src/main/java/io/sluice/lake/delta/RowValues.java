package io.sluice.lake.delta;

import io.delta.kernel.data.ArrayValue;
import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.MapValue;
import io.delta.kernel.types.ArrayType;
import io.delta.kernel.types.BinaryType;
import io.delta.kernel.types.BooleanType;
import io.delta.kernel.types.ByteType;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.DateType;
import io.delta.kernel.types.DecimalType;
import io.delta.kernel.types.DoubleType;
import io.delta.kernel.types.FloatType;
import io.delta.kernel.types.IntegerType;
import io.delta.kernel.types.LongType;
import io.delta.kernel.types.MapType;
import io.delta.kernel.types.ShortType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructType;
import io.delta.kernel.types.TimestampNTZType;
import io.delta.kernel.types.TimestampType;
import io.sluice.model.failure.Failure;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values of kernel's vectors as Java objects: structs and maps as maps, arrays as lists, binary as Base64 text. */
final class RowValues {
    private RowValues() {}

    static @Nullable Object at(ColumnVector vector, int row) {
        return vector.isNullAt(row) ? null : value(vector, row);
    }

    private static Object value(ColumnVector vector, int row) {
        DataType type = vector.getDataType();
        if (type instanceof StringType) return vector.getString(row);
        if (type instanceof LongType) return vector.getLong(row);
        if (type instanceof IntegerType) return vector.getInt(row);
        if (type instanceof DoubleType) return vector.getDouble(row);
        if (type instanceof BooleanType) return vector.getBoolean(row);
        if (type instanceof DecimalType) return vector.getDecimal(row);
        if (type instanceof DateType) return LocalDate.ofEpochDay(vector.getInt(row));
        if (type instanceof TimestampType) return instant(vector.getLong(row));
        if (type instanceof TimestampNTZType)
            return LocalDateTime.ofInstant(instant(vector.getLong(row)), ZoneOffset.UTC);
        if (type instanceof FloatType) return vector.getFloat(row);
        if (type instanceof ShortType) return (int) vector.getShort(row);
        if (type instanceof ByteType) return (int) vector.getByte(row);
        if (type instanceof BinaryType) return Base64.getEncoder().encodeToString(vector.getBinary(row));
        return nested(vector, row, type);
    }

    private static Object nested(ColumnVector vector, int row, DataType type) {
        if (type instanceof StructType struct) return struct(vector, row, struct);
        if (type instanceof ArrayType) return list(vector.getArray(row));
        if (type instanceof MapType) return map(vector.getMap(row));
        throw Failure.unsupported("Columns of type %s cannot be read here. Leave the column out.", type);
    }

    private static Map<String, @Nullable Object> struct(ColumnVector vector, int row, StructType type) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        for (int field = 0; field < type.length(); field++)
            fields.put(type.at(field).getName(), at(vector.getChild(field), row));
        return fields;
    }

    private static List<@Nullable Object> list(ArrayValue array) {
        List<@Nullable Object> elements = new ArrayList<>();
        for (int i = 0; i < array.getSize(); i++) elements.add(at(array.getElements(), i));
        return elements;
    }

    private static Map<String, @Nullable Object> map(MapValue map) {
        Map<String, @Nullable Object> entries = new LinkedHashMap<>();
        for (int i = 0; i < map.getSize(); i++)
            entries.put(String.valueOf(at(map.getKeys(), i)), at(map.getValues(), i));
        return entries;
    }

    private static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
