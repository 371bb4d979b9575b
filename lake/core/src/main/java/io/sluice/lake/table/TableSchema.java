package io.sluice.lake.table;

import io.sluice.model.failure.Failure;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The columns of a table, in order. Names differ in more than case. */
public record TableSchema(List<Column> columns) {
    public TableSchema {
        columns = List.copyOf(columns);
        Set<String> names = new HashSet<>();
        for (Column column : columns) {
            if (!names.add(column.name().toLowerCase(Locale.ROOT)))
                throw Failure.invalid("The schema has two columns named %s. Rename one.", column.name());
        }
    }

    public static TableSchema of(Column... columns) {
        return new TableSchema(List.of(columns));
    }

    public List<String> names() {
        return columns.stream().map(Column::name).toList();
    }

    /** The position of a column, or -1. */
    public int indexOf(String name) {
        return names().indexOf(name);
    }
}
