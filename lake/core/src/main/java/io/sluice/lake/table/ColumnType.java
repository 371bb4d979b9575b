package io.sluice.lake.table;

/**
 * A column's type in Delta's own spelling: {@code long}, {@code decimal(10,2)}, or the JSON of a nested type.
 *
 * <p>Values in rows are: string {@code String}, long {@code Long}, integer {@code Integer}, double {@code Double},
 * decimal {@code BigDecimal}, date {@code LocalDate}, timestamp {@code Instant}, boolean {@code Boolean}.
 */
public record ColumnType(String name) {
    public static final ColumnType STRING = new ColumnType("string");
    public static final ColumnType LONG = new ColumnType("long");
    public static final ColumnType INTEGER = new ColumnType("integer");
    public static final ColumnType DOUBLE = new ColumnType("double");
    public static final ColumnType BOOLEAN = new ColumnType("boolean");
    public static final ColumnType DATE = new ColumnType("date");
    public static final ColumnType TIMESTAMP = new ColumnType("timestamp");

    public static ColumnType decimal(int precision, int scale) {
        return new ColumnType("decimal(" + precision + "," + scale + ")");
    }

    @Override
    public String toString() {
        return name;
    }
}
