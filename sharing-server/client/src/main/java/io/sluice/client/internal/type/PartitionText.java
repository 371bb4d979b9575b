package io.sluice.client.internal.type;

import io.sluice.client.internal.type.DataType.Simple;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Partition values, which a table's log keeps as texts. */
public final class PartitionText {
    private PartitionText() {}

    /**
     * @param text an empty one means null
     * @throws IllegalArgumentException where the text is no value of the type
     */
    public static @Nullable Object parse(String text, DataType type) {
        if (text.isEmpty()) return null;
        try {
            if (type instanceof DataType.Decimal decimal) return new BigDecimal(text).setScale(decimal.scale());
            if (type instanceof Simple simple) return simple(text, simple);
        } catch (ArithmeticException | NumberFormatException | DateTimeException e) {
            throw new IllegalArgumentException("The partition value \"%s\" is no %s.".formatted(text, type), e);
        }
        throw new IllegalArgumentException("A table cannot be partitioned by a column of the type %s.".formatted(type));
    }

    private static Object simple(String text, Simple type) {
        return switch (type) {
            case BOOLEAN -> Boolean.valueOf(text);
            case BYTE, SHORT, INTEGER -> Integer.valueOf(text);
            case LONG -> Long.valueOf(text);
            case FLOAT -> Float.valueOf(text);
            case DOUBLE -> Double.valueOf(text);
            case STRING -> text;
            case BINARY -> text.getBytes(StandardCharsets.UTF_8);
            case DATE -> LocalDate.parse(text);
            case TIMESTAMP -> instant(text);
            case TIMESTAMP_NTZ -> LocalDateTime.parse(text.replace(' ', 'T'));
        };
    }

    /** With an offset, or without one and then in UTC. */
    private static Instant instant(String text) {
        String iso = text.replace(' ', 'T');
        boolean hasOffset = iso.endsWith("Z") || iso.lastIndexOf('+') > 0 || iso.lastIndexOf('-') > iso.indexOf('T');
        return hasOffset
                ? OffsetDateTime.parse(iso).toInstant()
                : LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC);
    }
}
