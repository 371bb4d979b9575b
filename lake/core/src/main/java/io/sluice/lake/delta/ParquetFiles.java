package io.sluice.lake.delta;

import com.fasterxml.jackson.databind.JsonNode;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.expressions.Column;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.statistics.DataFileStatistics;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.DataFileStatus;
import io.sluice.lake.store.ObjectStore;
import io.sluice.lake.table.LogJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes Parquet files with the statistics that readers skip files by. */
final class ParquetFiles {
    private final ObjectStore store;
    private final Engine engine;

    ParquetFiles(ObjectStore store, Engine engine) {
        this.store = store;
        this.engine = engine;
    }

    /** A file that stands in the store and is in no log yet. */
    record Written(String key, long size, long modifiedMillis, String stats) {}

    /**
     * @param folder below the table, empty or ending with a slash
     * @param rows in kernel's physical values
     */
    List<Written> write(String folder, StructType schema, List<? extends List<? extends @Nullable Object>> rows)
            throws IOException {
        List<Column> statistics = schema.fieldNames().stream().map(Column::new).toList();
        var batch = new FilteredColumnarBatch(new RowsBatch(schema, rows), Optional.empty());
        String path = StoreFileIO.TABLE + "/" + folder;
        return KernelFailures.translating(store, () -> {
            List<Written> files = new ArrayList<>();
            try (CloseableIterator<DataFileStatus> written = engine.getParquetHandler()
                    .writeParquetFiles(path, Utils.singletonCloseableIterator(batch), statistics)) {
                while (written.hasNext()) files.add(describe(written.next(), schema));
            }
            return files;
        });
    }

    private static Written describe(DataFileStatus file, StructType schema) throws IOException {
        DataFileStatistics statistics =
                file.getStatistics().orElseThrow(() -> new IOException("no statistics for " + file.getPath()));
        // Read and written once more: one spelling of numbers in the whole log.
        JsonNode json = LogJson.MAPPER.readTree(statistics.serializeAsJson(schema));
        return new Written(
                StoreFileIO.key(file.getPath()),
                file.getSize(),
                file.getModificationTime(),
                LogJson.MAPPER.writeValueAsString(json));
    }
}
