package io.sluice.lake.iceberg;

import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.iceberg.Metrics;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Comparators;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types.NestedField;
import org.jspecify.annotations.Nullable;

/** What a file of ours holds, by column: values, nulls, numbers that are none, and bounds. */
final class AuthoredMetrics {
    private final Map<Integer, Long> values = new HashMap<>();
    private final Map<Integer, Long> nulls = new HashMap<>();
    private final Map<Integer, Long> notNumbers = new HashMap<>();
    private final Map<Integer, ByteBuffer> lows = new HashMap<>();
    private final Map<Integer, ByteBuffer> highs = new HashMap<>();

    private AuthoredMetrics() {}

    static Metrics of(Schema schema, List<? extends List<? extends @Nullable Object>> rows) {
        AuthoredMetrics metrics = new AuthoredMetrics();
        for (int i = 0; i < schema.columns().size(); i++) {
            int column = i;
            metrics.add(
                    schema.columns().get(i),
                    rows.size(),
                    rows.stream()
                            .<Object>map(row -> row.get(column))
                            .filter(Objects::nonNull)
                            .toList());
        }
        return new Metrics(
                (long) rows.size(),
                null,
                metrics.values,
                metrics.nulls,
                metrics.notNumbers,
                metrics.lows,
                metrics.highs);
    }

    private void add(NestedField column, long rows, List<Object> present) {
        int id = column.fieldId();
        List<Object> bounded = present.stream()
                .filter(value -> !(value instanceof Double number && number.isNaN()))
                .toList();
        values.put(id, rows);
        nulls.put(id, rows - present.size());
        if (column.type().typeId() == Type.TypeID.DOUBLE) notNumbers.put(id, (long) present.size() - bounded.size());
        Comparator<Object> order = Comparators.forType(column.type().asPrimitiveType());
        bounded.stream().min(order).ifPresent(low -> lows.put(id, Conversions.toByteBuffer(column.type(), low)));
        bounded.stream().max(order).ifPresent(high -> highs.put(id, Conversions.toByteBuffer(column.type(), high)));
    }
}
