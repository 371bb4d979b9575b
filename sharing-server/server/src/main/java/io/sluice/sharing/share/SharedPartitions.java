package io.sluice.sharing.share;

import io.sluice.model.failure.Failure;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which partitions of a table are shared: those that one of the alternatives takes in. Without alternatives, all.
 *
 * @param alternatives each of conditions that have to hold together
 */
public record SharedPartitions(List<List<Condition>> alternatives) {
    public static final SharedPartitions ALL = new SharedPartitions(List.of());

    private static final int MAX_CONDITIONS = 1_000;

    public SharedPartitions {
        alternatives = alternatives.stream().map(List::copyOf).toList();
        if (alternatives.stream().anyMatch(List::isEmpty))
            throw Failure.invalid("A partition has no values. Name a column, or leave partitions out to share all.");
        int conditions = alternatives.stream().mapToInt(List::size).sum();
        if (conditions > MAX_CONDITIONS)
            throw Failure.invalid(
                    "The partitions have %d conditions. At most %d are allowed: use LIKE, or properties of recipients.",
                    conditions, MAX_CONDITIONS);
    }

    /** What a partition column's value must be. */
    public record Condition(String column, Operation operation, Wanted wanted) {
        public Condition {
            if (column.isBlank()) throw Failure.invalid("A partition's value has no name. Name its column.");
            if (operation == Operation.LIKE && wanted instanceof Nothing)
                throw Failure.invalid(
                        "Nothing is LIKE no value. Use EQUAL for partitions without a value of %s.", column);
        }
    }

    public enum Operation {
        EQUAL,
        /** As in SQL: {@code %} is any text, {@code _} any letter. */
        LIKE
    }

    public sealed interface Wanted {}

    public record Text(String text) implements Wanted {}

    /** What the recipient has under that name. Who has nothing there gets nothing by this condition. */
    public record RecipientProperty(String key) implements Wanted {}

    /** No value at all. */
    public record Nothing() implements Wanted {}

    public boolean isAll() {
        return alternatives.isEmpty();
    }

    public Set<String> columns() {
        Set<String> columns = new TreeSet<>();
        for (List<Condition> conditions : alternatives)
            for (Condition condition : conditions) columns.add(condition.column());
        return columns;
    }
}
