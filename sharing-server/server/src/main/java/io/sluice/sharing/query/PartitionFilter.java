package io.sluice.sharing.query;

import io.sluice.lake.table.PartitionValues;
import io.sluice.lake.table.TableSnapshot;
import io.sluice.sharing.recipient.Recipient;
import io.sluice.sharing.share.SharedPartitions;
import io.sluice.sharing.share.SharedPartitions.Condition;
import io.sluice.sharing.share.SharedPartitions.Operation;
import io.sluice.sharing.share.SharedPartitions.RecipientProperty;
import io.sluice.sharing.share.SharedPartitions.Text;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The partitions of a table that one recipient may read. What cannot be told is not theirs: a column that the table is
 * not partitioned by, or a property that they do not have, matches nothing.
 *
 * @param alternatives with the recipient's properties filled in; those that cannot hold for them are left out
 */
record PartitionFilter(boolean isAll, List<List<Test>> alternatives) {
    static final PartitionFilter NONE = new PartitionFilter(true, List.of());

    /** @param value null for no value */
    private record Test(
            String column, Operation operation, @Nullable String value) {
        boolean holds(@Nullable String found) {
            // An empty text is how the log writes an absent value.
            @Nullable String present = found == null || found.isEmpty() ? null : found;
            if (value == null || present == null) return value == null && present == null;
            return operation == Operation.EQUAL
                    ? value.equals(present)
                    : like(value).matcher(present).matches();
        }
    }

    static PartitionFilter of(SharedPartitions shared, Recipient recipient) {
        return of(shared, recipient.properties());
    }

    /** @param properties of whoever reads */
    static PartitionFilter of(SharedPartitions shared, Map<String, String> properties) {
        if (shared.isAll()) return NONE;
        List<List<Test>> alternatives = shared.alternatives().stream()
                .map(conditions -> tests(conditions, properties))
                .flatMap(Optional::stream)
                .toList();
        return new PartitionFilter(false, alternatives);
    }

    /** Empty when the recipient lacks a property: then nothing can fulfil these conditions. */
    private static Optional<List<Test>> tests(List<Condition> conditions, Map<String, String> properties) {
        List<Optional<Test>> tests = conditions.stream()
                .map(condition -> test(condition, properties))
                .toList();
        return tests.stream().allMatch(Optional::isPresent)
                ? Optional.of(tests.stream().flatMap(Optional::stream).toList())
                : Optional.empty();
    }

    private static Optional<Test> test(Condition condition, Map<String, String> properties) {
        if (condition.wanted() instanceof RecipientProperty property)
            return Optional.ofNullable(properties.get(property.key()))
                    .filter(value -> !value.isEmpty())
                    .map(value -> new Test(condition.column(), condition.operation(), value));
        @Nullable String value = condition.wanted() instanceof Text text ? text.text() : null;
        return Optional.of(new Test(condition.column(), condition.operation(), value));
    }

    /** For the partitions of a table as its log names their columns. */
    Predicate<PartitionValues> on(TableSnapshot snapshot) {
        if (isAll) return values -> true;
        Map<String, String> physicalNames = snapshot.physicalPartitionColumns();
        return values -> alternatives.stream()
                .anyMatch(tests -> tests.stream().allMatch(test -> holds(test, physicalNames, values)));
    }

    private static boolean holds(Test test, Map<String, String> physicalNames, PartitionValues values) {
        @Nullable String column = physicalNames.get(test.column());
        return column != null
                && values.byColumn().containsKey(column)
                && test.holds(values.byColumn().get(column));
    }

    private static Pattern like(String pattern) {
        StringBuilder regex = new StringBuilder();
        pattern.codePoints().forEach(letter -> {
            if (letter == '%') regex.append(".*");
            else if (letter == '_') regex.append('.');
            else regex.append(Pattern.quote(Character.toString(letter)));
        });
        return Pattern.compile(regex.toString(), Pattern.DOTALL);
    }
}
