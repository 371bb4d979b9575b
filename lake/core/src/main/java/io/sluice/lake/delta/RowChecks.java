package io.sluice.lake.delta;

import io.sluice.lake.table.Column;
import io.sluice.lake.table.TableSchema;
import io.sluice.model.failure.Failure;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns a caller's row into physical values, or says which value does not fit. */
final class RowChecks {
    private final TableSchema schema;

    RowChecks(TableSchema schema) {
        this.schema = schema;
    }

    List<@Nullable Object> physical(List<? extends @Nullable Object> row) {
        if (row.size() != schema.columns().size())
            throw Failure.invalid(
                    "A row has %d values, the table has %d columns (%s). Give one value for each.",
                    row.size(), schema.columns().size(), String.join(", ", schema.names()));
        List<@Nullable Object> physical = new ArrayList<>(row.size());
        for (int i = 0; i < row.size(); i++)
            physical.add(physical(schema.columns().get(i), row.get(i)));
        return physical;
    }

    private static @Nullable Object physical(Column column, @Nullable Object value) {
        if (value == null) {
            if (!column.nullable()) throw Failure.invalid("Column %s takes no nulls. Give a value.", column.name());
            return null;
        }
        return switch (column.type().name()) {
            case "string" -> cast(String.class, column, value);
            case "long" -> value instanceof Integer small ? (Long) small.longValue() : cast(Long.class, column, value);
            case "integer" -> cast(Integer.class, column, value);
            case "double" -> cast(Double.class, column, value);
            case "boolean" -> cast(Boolean.class, column, value);
            case "date" -> (int) cast(LocalDate.class, column, value).toEpochDay();
            case "timestamp" -> ChronoUnit.MICROS.between(Instant.EPOCH, cast(Instant.class, column, value));
            default -> decimal(column, cast(BigDecimal.class, column, value));
        };
    }

    private static BigDecimal decimal(Column column, BigDecimal value) {
        String[] digits = column.type().name().replaceAll("[^0-9,]", "").split(",");
        try {
            BigDecimal scaled = value.setScale(Integer.parseInt(digits[1]), RoundingMode.UNNECESSARY);
            if (scaled.precision() <= Integer.parseInt(digits[0])) return scaled;
        } catch (ArithmeticException e) {
            // More digits behind the point than the column keeps: never rounded silently.
        }
        throw Failure.invalid("Column %s is %s; %s does not fit. Round it first.", column.name(), column.type(), value);
    }

    private static <T> T cast(Class<T> type, Column column, Object value) {
        if (type.isInstance(value)) return type.cast(value);
        throw Failure.invalid(
                "Column %s is %s and takes a %s; got the %s %s.",
                column.name(),
                column.type(),
                type.getSimpleName(),
                value.getClass().getSimpleName(),
                value);
    }
}
