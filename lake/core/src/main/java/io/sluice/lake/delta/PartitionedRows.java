package io.sluice.lake.delta;

import io.delta.kernel.Snapshot;
import io.delta.kernel.types.StructType;
import io.sluice.lake.table.PartitionPaths;
import io.sluice.lake.table.TableRow;
import io.sluice.lake.table.TableSchema;
import io.sluice.model.failure.Failure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows sorted into the partitions of a table. Files do not hold the partition columns. */
final class PartitionedRows {
    private final TableSchema schema;
    private final List<String> partitionColumns;
    private final RowChecks checks;
    private final Map<Map<String, @Nullable String>, List<List<@Nullable Object>>> parts = new LinkedHashMap<>();

    private PartitionedRows(Snapshot table) {
        this.schema = KernelTypes.fromKernel(table.getSchema());
        List<String> lowerCase = table.getPartitionColumnNames();
        this.partitionColumns = schema.names().stream()
                .filter(name -> lowerCase.stream().anyMatch(name::equalsIgnoreCase))
                .toList();
        this.checks = new RowChecks(schema);
    }

    /** The rows of one partition in kernel's physical values. */
    record Part(
            String folder,
            Map<String, @Nullable String> partitionValues,
            StructType schema,
            List<List<@Nullable Object>> rows) {}

    static List<Part> split(Snapshot table, List<TableRow> rows) {
        PartitionedRows split = new PartitionedRows(table);
        rows.forEach(split::add);
        return split.parts();
    }

    private void add(TableRow row) {
        if (!row.schema().names().equals(schema.names()))
            throw Failure.invalid(
                    "A row has the columns (%s), the table has (%s). Give the table's columns in its order.",
                    String.join(", ", row.schema().names()), String.join(", ", schema.names()));
        List<@Nullable Object> physical = checks.physical(row.values());
        Map<String, @Nullable String> partition = new LinkedHashMap<>();
        List<@Nullable Object> data = new ArrayList<>();
        for (int i = 0; i < physical.size(); i++) {
            String column = schema.columns().get(i).name();
            if (partitionColumns.contains(column))
                partition.put(column, PartitionPaths.serialized(row.values().get(i)));
            else data.add(physical.get(i));
        }
        parts.computeIfAbsent(partition, key -> new ArrayList<>()).add(data);
    }

    private List<Part> parts() {
        StructType data = KernelTypes.toKernel(new TableSchema(schema.columns().stream()
                .filter(column -> !partitionColumns.contains(column.name()))
                .toList()));
        List<Part> result = new ArrayList<>();
        parts.forEach((values, rows) ->
                result.add(new Part(PartitionPaths.folder(partitionColumns, values), values, data, rows)));
        return result;
    }
}
