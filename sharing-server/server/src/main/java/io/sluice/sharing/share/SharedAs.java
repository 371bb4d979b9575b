package io.sluice.sharing.share;

import io.sluice.model.failure.Failure;
import io.sluice.model.name.TableName;
import io.sluice.sharing.NameOrder;
import io.sluice.sharing.NameRule;
import java.util.Comparator;

/** The name under which recipients know a table: {@code schema.table}, unique in its share. */
public record SharedAs(String schema, String table) implements Comparable<SharedAs> {
    private static final Comparator<SharedAs> ORDER = Comparator.comparing(SharedAs::schema, NameOrder.BY_CODE_POINTS)
            .thenComparing(SharedAs::table, NameOrder.BY_CODE_POINTS);

    public SharedAs {
        schema = NameRule.checkedPart("schema", schema);
        table = NameRule.checkedPart("table", table);
    }

    public static SharedAs parse(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 2)
            throw Failure.invalid(
                    "shared_as is \"%s\". Give the name that recipients will see, as in schema.table.", text);
        return new SharedAs(parts[0], parts[1]);
    }

    /** What a table is called in a share unless somebody says otherwise. */
    public static SharedAs of(TableName table) {
        return new SharedAs(table.schema().schema().value(), table.table().value());
    }

    @Override
    public int compareTo(SharedAs other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return schema + "." + table;
    }
}
