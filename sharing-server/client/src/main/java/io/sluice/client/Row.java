package io.sluice.client;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * A row, or a struct within one. Values are {@link Boolean}, {@link Integer} (also for bytes and shorts), {@link Long},
 * {@link Float}, {@link Double}, {@link java.math.BigDecimal}, {@link String}, {@code byte[]},
 * {@link java.time.LocalDate}, {@link java.time.Instant}, {@link java.time.LocalDateTime} for times without a zone,
 * {@link List}, {@link Map}, {@link Row}, or null.
 */
public final class Row {
    private final Columns columns;
    private final @Nullable Object[] values;

    Row(Columns columns, @Nullable Object[] values) {
        this.columns = columns;
        this.values = values;
    }

    /** What all rows of a table have in common. */
    record Columns(List<String> names, Map<String, Integer> places) {
        static Columns of(List<String> names) {
            Map<String, Integer> places = new LinkedHashMap<>();
            for (int place = 0; place < names.size(); place++) places.put(names.get(place), place);
            return new Columns(List.copyOf(names), places);
        }
    }

    /** In the order of the table. */
    public List<String> names() {
        return columns.names();
    }

    /** @throws IllegalArgumentException where there is no such column */
    public @Nullable Object get(String column) {
        Integer place = columns.places().get(column);
        if (place == null)
            throw new IllegalArgumentException("There is no column " + column + ", but " + columns.names() + ".");
        return values[place];
    }

    /** @param place counted from 0 */
    public @Nullable Object get(int place) {
        return values[place];
    }

    public Map<String, @Nullable Object> toMap() {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        columns.places().forEach((name, place) -> map.put(name, values[place]));
        return Collections.unmodifiableMap(map);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Row row
                && columns.names().equals(row.columns.names())
                && Arrays.deepEquals(values, row.values);
    }

    @Override
    public int hashCode() {
        return Arrays.deepHashCode(values);
    }

    @Override
    public String toString() {
        StringJoiner text = new StringJoiner(", ", "{", "}");
        columns.places().forEach((name, place) -> text.add(name + "=" + shown(values[place])));
        return text.toString();
    }

    private static String shown(@Nullable Object value) {
        return value instanceof byte[] bytes ? bytes.length + " bytes" : String.valueOf(value);
    }
}
