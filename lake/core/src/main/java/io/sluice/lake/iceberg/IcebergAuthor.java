package io.sluice.lake.iceberg;

import io.sluice.lake.delta.RowFiles;
import io.sluice.lake.store.ObjectStore;
import io.sluice.lake.table.PartitionPaths;
import io.sluice.lake.table.TableRow;
import io.sluice.lake.table.TableSchema;
import io.sluice.model.failure.Failure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.TableMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Makes Iceberg tables of our own, of format version 2: seeds and demonstrations. Plain types, partitions by the values
 * of columns. Its metadata is numbered, so that engines read the table by its folder, without a catalog.
 */
public final class IcebergAuthor {
    private static final String NO_VALUE = "__HIVE_DEFAULT_PARTITION__";

    private final ObjectStore store;
    private final TableSchema schema;
    private final Schema numbered;

    private IcebergAuthor(ObjectStore store, TableSchema schema) {
        this.store = store;
        this.schema = schema;
        this.numbered = AuthoredSchema.of(schema);
    }

    /** Writes the table whose folder is the root of {@code store}. */
    public static IcebergAuthor at(ObjectStore store, TableSchema schema) {
        return new IcebergAuthor(store, schema);
    }

    /** Creates an empty table. */
    public void create(List<String> partitionColumns) throws IOException {
        PartitionSpec.Builder spec = PartitionSpec.builderFor(numbered);
        partitionColumns.forEach(spec::identity);
        NumberedOperations operations = new NumberedOperations(store);
        IcebergFailures.translating(store, () -> {
            if (store.head(NumberedMetadata.key(1)).isPresent())
                throw Failure.alreadyExists(
                        Failure.Subject.TABLE,
                        "There is an Iceberg table at %s already. Append to it, or choose another location.",
                        store.root());
            operations.commit(
                    null,
                    TableMetadata.newTableMetadata(
                            numbered, spec.build(), new TableFolder(store).location(), Map.of()));
            return operations;
        });
    }

    /** Adds rows, behind what others added meanwhile. */
    public void append(List<TableRow> rows) throws IOException {
        IcebergFailures.translating(store, () -> {
            BaseTable table =
                    new BaseTable(new NumberedOperations(store), store.root().toString());
            AppendFiles append = table.newAppend();
            for (Map.Entry<List<@Nullable String>, List<TableRow>> part :
                    byPartition(table.spec(), rows).entrySet())
                append.appendFile(write(table.spec(), part.getKey(), part.getValue()));
            append.commit();
            return append;
        });
    }

    private Map<List<@Nullable String>, List<TableRow>> byPartition(PartitionSpec spec, List<TableRow> rows) {
        Map<List<@Nullable String>, List<TableRow>> parts = new LinkedHashMap<>();
        for (TableRow row : rows) {
            List<@Nullable String> values = new ArrayList<>();
            for (String column : columns(spec)) values.add(PartitionPaths.serialized(row.get(column)));
            parts.computeIfAbsent(values, fresh -> new ArrayList<>()).add(row);
        }
        return parts;
    }

    private DataFile write(PartitionSpec spec, List<@Nullable String> values, List<TableRow> rows) throws IOException {
        Map<String, @Nullable String> byColumn = new LinkedHashMap<>();
        for (String column : columns(spec)) byColumn.put(column, values.get(byColumn.size()));
        RowFiles files = RowFiles.of(schema, rows);
        RowFiles.RowFile written =
                files.write(store, "data/" + PartitionPaths.folder(List.copyOf(byColumn.keySet()), byColumn));
        DataFiles.Builder file = DataFiles.builder(spec)
                .withPath(new TableFolder(store).location() + "/" + written.key())
                .withFileSizeInBytes(written.size())
                .withMetrics(AuthoredMetrics.of(numbered, files.physical()));
        if (spec.isPartitioned())
            file.withPartitionValues(values.stream()
                    .map(value -> value == null ? NO_VALUE : value)
                    .toList());
        return file.build();
    }

    private List<String> columns(PartitionSpec spec) {
        return spec.fields().stream()
                .map(field -> numbered.findColumnName(field.sourceId()))
                .toList();
    }
}
