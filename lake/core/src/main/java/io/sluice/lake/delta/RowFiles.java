package io.sluice.lake.delta;

import io.delta.kernel.types.FieldMetadata;
import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import io.sluice.lake.store.ObjectStore;
import io.sluice.lake.table.TableRow;
import io.sluice.lake.table.TableSchema;
import io.sluice.model.failure.Failure;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows that fit a schema, to be written into a Parquet file that no table knows yet. */
public final class RowFiles {
    private static final String NUMBER = "parquet.field.id";

    private final TableSchema schema;
    private final List<List<@Nullable Object>> physical;

    private RowFiles(TableSchema schema, List<List<@Nullable Object>> physical) {
        this.schema = schema;
        this.physical = physical;
    }

    /** A file that stands in the store. */
    public record RowFile(String key, long size) {}

    public static RowFiles of(TableSchema schema, List<TableRow> rows) {
        RowChecks checks = new RowChecks(schema);
        return new RowFiles(
                schema, rows.stream().map(row -> checks.physical(row.values())).toList());
    }

    /** As Parquet has them: dates in days and times in microseconds since 1970, the others as they are. */
    public List<List<@Nullable Object>> physical() {
        return physical;
    }

    /**
     * Writes them all into one file, whose columns are numbered from 1.
     *
     * @param folder empty or ending with a slash
     */
    public RowFile write(ObjectStore store, String folder) throws IOException {
        List<ParquetFiles.Written> written =
                new ParquetFiles(store, new StoreEngine(store)).write(folder, numbered(), physical);
        if (written.size() != 1)
            throw Failure.tooLarge("%d rows do not fit into one file. Append fewer at once.", physical.size());
        return new RowFile(written.get(0).key(), written.get(0).size());
    }

    private StructType numbered() {
        StructType numbered = new StructType();
        List<StructField> fields = KernelTypes.toKernel(schema).fields();
        for (int i = 0; i < fields.size(); i++) {
            StructField field = fields.get(i);
            FieldMetadata number =
                    FieldMetadata.builder().putLong(NUMBER, i + 1L).build();
            numbered = numbered.add(new StructField(field.getName(), field.getDataType(), field.isNullable(), number));
        }
        return numbered;
    }
}
