package io.sluice.catalog.commits;

import io.sluice.catalog.record.Column;
import io.sluice.catalog.record.TableRecord;
import io.sluice.catalog.record.TableRecord.TableType;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The part of a table that its commits describe: what changes are applied to. */
record Described(
        String tableId,
        boolean isManaged,
        @Nullable String comment,
        List<Column> columns,
        Map<String, String> properties) {

    static Described of(TableRecord table) {
        return new Described(
                table.id(),
                table.tableType() == TableType.MANAGED,
                table.comment(),
                table.columns(),
                table.properties());
    }

    Described withComment(@Nullable String changed) {
        return new Described(tableId, isManaged, changed, columns, properties);
    }

    Described withColumns(List<Column> changed) {
        return new Described(tableId, isManaged, comment, List.copyOf(changed), properties);
    }

    Described withProperties(Map<String, String> changed) {
        return new Described(tableId, isManaged, comment, columns, Map.copyOf(changed));
    }
}
