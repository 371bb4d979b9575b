package io.sluice.lake.table;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How partition values are spelled in the log and in folder names, and how keys are spelled as paths in the log. */
public final class PartitionPaths {
    private static final DateTimeFormatter TIMESTAMP = new DateTimeFormatterBuilder()
            .appendPattern("yyyy-MM-dd HH:mm:ss")
            .appendFraction(ChronoField.MICRO_OF_SECOND, 6, 6, true)
            .toFormatter(java.util.Locale.ROOT);

    private PartitionPaths() {}

    /** The value as {@code partitionValues} holds it. An empty string means null there, so it becomes one. */
    public static @Nullable String serialized(@Nullable Object value) {
        if (value == null || "".equals(value)) return null;
        if (value instanceof Instant instant) return TIMESTAMP.format(LocalDateTime.ofInstant(instant, ZoneOffset.UTC));
        if (value instanceof BigDecimal decimal) return decimal.toPlainString();
        if (value instanceof LocalDate date) return date.toString();
        return value.toString();
    }

    /** {@code a=1/b=x%20y/}: a folder for each partition column, in the way of Hive. */
    public static String folder(List<String> columns, Map<String, @Nullable String> values) {
        StringBuilder folder = new StringBuilder();
        for (String column : columns) {
            String value = values.get(column);
            folder.append(escaped(column))
                    .append('=')
                    .append(value == null ? "__HIVE_DEFAULT_PARTITION__" : escaped(value))
                    .append('/');
        }
        return folder.toString();
    }

    /** A key as a path in the log, which is a relative URI: every byte that a URI may not hold is escaped. */
    public static String uriPath(String key) {
        return percentEncoded(key, "-_.~/=");
    }

    private static String escaped(String text) {
        return percentEncoded(text, "-_.~");
    }

    private static String percentEncoded(String text, String kept) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean plain = c < 128 && (Character.isLetterOrDigit(c) || kept.indexOf(c) >= 0);
            if (plain) out.write(b);
            else out.writeBytes("%%%02X".formatted(b & 0xff).getBytes(StandardCharsets.US_ASCII));
        }
        return out.toString(StandardCharsets.US_ASCII);
    }
}
