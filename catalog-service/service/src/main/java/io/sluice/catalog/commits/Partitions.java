package io.sluice.catalog.commits;

import io.sluice.catalog.record.Column;
import io.sluice.model.failure.Failure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Which columns a table is partitioned by. Names are compared without regard to case, as Delta does. */
public final class Partitions {
    private Partitions() {}

    public static List<String> namesOf(List<Column> columns) {
        return columns.stream()
                .filter(column -> column.partitionIndex() != null)
                .sorted(Comparator.comparing(Column::partitionIndex, Comparator.nullsLast(Comparator.naturalOrder())))
                .map(Column::name)
                .toList();
    }

    /** The columns with these as the partition columns, in this order, and no others. */
    public static List<Column> marked(List<Column> columns, List<String> names) {
        Map<String, Integer> indexes = new HashMap<>();
        for (String name : names)
            if (indexes.put(folded(name), indexes.size()) != null)
                throw Failure.invalid("The partition column %s is named twice. Name it once.", name);
        List<Column> marked = new ArrayList<>();
        for (Column column : columns) marked.add(column.partitionedAs(indexes.remove(folded(column.name()))));
        for (String name : names)
            if (indexes.containsKey(folded(name)))
                throw Failure.invalid("The partition column %s is not a column of the table.", name);
        return marked;
    }

    static String folded(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
