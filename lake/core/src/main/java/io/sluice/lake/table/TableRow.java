package io.sluice.lake.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A row: one value for each column of its schema, null where there is none. */
public record TableRow(TableSchema schema, List<@Nullable Object> values) {
    public TableRow {
        if (values.size() != schema.columns().size())
            throw new IllegalArgumentException("a row of " + values.size() + " values for "
                    + schema.columns().size() + " columns");
        values = Collections.unmodifiableList(new ArrayList<>(values));
    }

    public static TableRow of(TableSchema schema, @Nullable Object... values) {
        return new TableRow(schema, Arrays.asList(values));
    }

    public @Nullable Object get(String column) {
        int index = schema.indexOf(column);
        if (index < 0) throw new IllegalArgumentException("no column " + column + " in " + schema.names());
        return values.get(index);
    }

    /** The values by column name, in column order. */
    public Map<String, @Nullable Object> asMap() {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (int i = 0; i < values.size(); i++) map.put(schema.columns().get(i).name(), values.get(i));
        return map;
    }

    @Override
    public String toString() {
        return asMap().toString();
    }
}
