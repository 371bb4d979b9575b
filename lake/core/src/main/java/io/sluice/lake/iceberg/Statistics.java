package io.sluice.lake.iceberg;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.lake.table.LogJson;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import org.jspecify.annotations.Nullable;

/** What is known of a file's columns, in Delta's words. A bound that could be taken for more than it is stays out. */
final class Statistics {
    private static final DateTimeFormatter MILLIS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS", Locale.ROOT);
    private static final int LAST_YEAR = 9999;

    private final List<NestedField> columns;
    private final FieldNames names;

    /** @param columns those of them that are not partition columns; nested ones are not told of */
    Statistics(List<NestedField> columns, FieldNames names) {
        this.columns = columns.stream()
                .filter(column -> column.type().isPrimitiveType())
                .toList();
        this.names = names;
    }

    String of(DataFile file) {
        ObjectNode stats = LogJson.MAPPER.createObjectNode();
        stats.set("numRecords", LogJson.number(file.recordCount()));
        ObjectNode low = stats.putObject("minValues");
        ObjectNode high = stats.putObject("maxValues");
        ObjectNode nulls = stats.putObject("nullCount");
        for (NestedField column : columns) {
            Long count = of(file.nullValueCounts(), column);
            if (count != null) nulls.set(names.physical(column), LogJson.number(count));
            if (mayHoldNotANumber(file, column)) continue;
            put(low, column, of(file.lowerBounds(), column), false);
            put(high, column, of(file.upperBounds(), column), true);
        }
        try {
            return LogJson.MAPPER.writeValueAsString(stats);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("statistics that cannot be written as JSON", e);
        }
    }

    private static <T> @Nullable T of(@Nullable Map<Integer, T> byColumn, NestedField column) {
        return byColumn == null ? null : byColumn.get(column.fieldId());
    }

    /** Iceberg leaves NaN out of its bounds; for readers of Delta it is the greatest of all numbers. */
    private static boolean mayHoldNotANumber(DataFile file, NestedField column) {
        return switch (column.type().typeId()) {
            case FLOAT, DOUBLE -> {
                Long count = of(file.nanValueCounts(), column);
                yield count == null || count > 0;
            }
            default -> false;
        };
    }

    private void put(ObjectNode bounds, NestedField column, @Nullable ByteBuffer bound, boolean isUpper) {
        if (bound == null) return;
        String name = names.physical(column);
        switch (column.type().typeId()) {
            case INTEGER, LONG -> bounds.set(name, LogJson.number(((Number) value(column, bound)).longValue()));
            case FLOAT, DOUBLE -> {
                Number number = value(column, bound);
                // In the digits of its own type: a float has fewer than the double of the same value.
                if (Double.isFinite(number.doubleValue())) bounds.put(name, new BigDecimal(number.toString()));
            }
            case DECIMAL -> bounds.put(name, (BigDecimal) value(column, bound));
            case STRING -> bounds.put(name, value(column, bound).toString());
            case DATE -> {
                LocalDate date = LocalDate.ofEpochDay((Integer) value(column, bound));
                if (hasFourDigits(date.getYear())) bounds.put(name, date.toString());
            }
            case TIMESTAMP -> {
                boolean isInstant = ((Types.TimestampType) column.type()).shouldAdjustToUTC();
                LocalDateTime time = millis((Long) value(column, bound), isUpper);
                if (hasFourDigits(time.getYear())) bounds.put(name, MILLIS.format(time) + (isInstant ? "Z" : ""));
            }
            default -> {
                // Logs hold no bounds of booleans and bytes.
            }
        }
    }

    private static <T> T value(NestedField column, ByteBuffer bound) {
        return Conversions.<T>fromByteBuffer(column.type(), bound);
    }

    /** Logs hold milliseconds, so that an upper bound has to be rounded up. */
    private static LocalDateTime millis(long micros, boolean isUpper) {
        long millis = isUpper ? -Math.floorDiv(-micros, 1000L) : Math.floorDiv(micros, 1000L);
        return LocalDateTime.ofInstant(Instant.EPOCH.plus(millis, ChronoUnit.MILLIS), ZoneOffset.UTC);
    }

    private static boolean hasFourDigits(int year) {
        return year >= 0 && year <= LAST_YEAR;
    }
}
