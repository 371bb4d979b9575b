package io.sluice.lake.table;

/** A column of a table. */
public record Column(String name, ColumnType type, boolean nullable) {
    /** A column that may hold nulls. */
    public static Column of(String name, ColumnType type) {
        return new Column(name, type, true);
    }

    /** A column without nulls. */
    public static Column required(String name, ColumnType type) {
        return new Column(name, type, false);
    }
}
