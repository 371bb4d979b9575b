package io.sluice.client.internal.parquet;

import io.sluice.client.internal.type.DataType;
import io.sluice.client.internal.type.DataType.Simple;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.jspecify.annotations.Nullable;

/**
 * What a stored value means in a column of a table. A file may hold a narrower type than the table has now; what would
 * lose something is refused.
 */
final class Meaning {
    private static final long EPOCH_AS_JULIAN_DAY = 2_440_588;

    private static final Map<PrimitiveTypeName, Function<Object, Object>> TO_LONG = Map.of(
            PrimitiveTypeName.INT32,
            value -> ((Integer) value).longValue(),
            PrimitiveTypeName.INT64,
            Function.identity());

    private static final Map<PrimitiveTypeName, Function<Object, Object>> TO_DOUBLE = Map.of(
            PrimitiveTypeName.INT32, value -> ((Integer) value).doubleValue(),
            PrimitiveTypeName.FLOAT, value -> ((Float) value).doubleValue(),
            PrimitiveTypeName.DOUBLE, Function.identity());

    private Meaning() {}

    /** @throws IllegalArgumentException where the one does not fit the other */
    static Function<Object, Object> of(PrimitiveType stored, DataType wanted) {
        Function<Object, Object> meaning = wanted instanceof DataType.Decimal decimal
                ? decimal(stored, decimal)
                : wanted instanceof Simple simple ? simple(stored, simple) : null;
        if (meaning == null)
            throw new IllegalArgumentException("column %s is %s in the file and %s in the table"
                    .formatted(stored.getName(), stored.getPrimitiveTypeName(), wanted));
        return meaning;
    }

    private static @Nullable Function<Object, Object> simple(PrimitiveType stored, Simple wanted) {
        PrimitiveTypeName name = stored.getPrimitiveTypeName();
        return switch (wanted) {
            case BOOLEAN -> name == PrimitiveTypeName.BOOLEAN ? Function.identity() : null;
            case BYTE, SHORT, INTEGER -> name == PrimitiveTypeName.INT32 ? Function.identity() : null;
            case LONG -> TO_LONG.get(name);
            case FLOAT -> name == PrimitiveTypeName.FLOAT ? Function.identity() : null;
            case DOUBLE -> TO_DOUBLE.get(name);
            case STRING -> name == PrimitiveTypeName.BINARY ? value -> ((Binary) value).toStringUsingUTF8() : null;
            case BINARY -> isBytes(name) ? value -> ((Binary) value).getBytes() : null;
            case DATE -> name == PrimitiveTypeName.INT32 ? value -> LocalDate.ofEpochDay((Integer) value) : null;
            case TIMESTAMP -> instant(stored);
            case TIMESTAMP_NTZ -> localDateTime(stored);
        };
    }

    private static boolean isBytes(PrimitiveTypeName name) {
        return name == PrimitiveTypeName.BINARY || name == PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY;
    }

    private static @Nullable Function<Object, Object> localDateTime(PrimitiveType stored) {
        if (stored.getPrimitiveTypeName() == PrimitiveTypeName.INT32)
            return value -> LocalDate.ofEpochDay((Integer) value).atStartOfDay();
        Function<Object, Object> instant = instant(stored);
        return instant == null
                ? null
                : value -> LocalDateTime.ofInstant((Instant) instant.apply(value), ZoneOffset.UTC);
    }

    private static @Nullable Function<Object, Object> instant(PrimitiveType stored) {
        if (stored.getPrimitiveTypeName() == PrimitiveTypeName.INT96) return value -> ofJulianDay((Binary) value);
        if (stored.getPrimitiveTypeName() != PrimitiveTypeName.INT64) return null;
        TimeUnit unit = unit(stored);
        return value -> instant((Long) value, unit);
    }

    /** Delta's own unit where the file tells none. */
    private static TimeUnit unit(PrimitiveType stored) {
        if (!(stored.getLogicalTypeAnnotation() instanceof TimestampLogicalTypeAnnotation timestamp))
            return TimeUnit.MICROSECONDS;
        return switch (timestamp.getUnit()) {
            case MILLIS -> TimeUnit.MILLISECONDS;
            case MICROS -> TimeUnit.MICROSECONDS;
            case NANOS -> TimeUnit.NANOSECONDS;
        };
    }

    private static Instant instant(long count, TimeUnit unit) {
        long perSecond = unit.convert(1, TimeUnit.SECONDS);
        return Instant.ofEpochSecond(Math.floorDiv(count, perSecond), unit.toNanos(Math.floorMod(count, perSecond)));
    }

    /** Old Spark and Impala: nanoseconds of the day, then the day, both little endian. */
    private static Instant ofJulianDay(Binary value) {
        ByteBuffer bytes = ByteBuffer.wrap(value.getBytes()).order(ByteOrder.LITTLE_ENDIAN);
        long nanos = bytes.getLong();
        long day = bytes.getInt() - EPOCH_AS_JULIAN_DAY;
        return Instant.ofEpochSecond(TimeUnit.DAYS.toSeconds(day)).plusNanos(nanos);
    }

    private static Function<Object, Object> decimal(PrimitiveType stored, DataType.Decimal wanted) {
        int scale = stored.getLogicalTypeAnnotation() instanceof DecimalLogicalTypeAnnotation decimal
                ? decimal.getScale()
                : 0;
        return value -> new BigDecimal(unscaled(value), scale).setScale(wanted.scale());
    }

    private static BigInteger unscaled(Object value) {
        if (value instanceof Binary bytes) return new BigInteger(bytes.getBytes());
        if (value instanceof Integer || value instanceof Long) return BigInteger.valueOf(((Number) value).longValue());
        throw new IllegalArgumentException(
                "a decimal is stored as " + value.getClass().getSimpleName());
    }
}
