package io.sluice.client.internal.parquet;

import java.util.function.Function;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.RecordMaterializer;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/** Puts rows together out of the values of {@link #columns}. */
final class RowAssembly extends RecordMaterializer<@Nullable Object[]> {
    private final MessageType columns;
    private final Converters.StructConverter root;
    private @Nullable Object[] row = new Object[0];

    /** @param root made of what takes a finished row */
    RowAssembly(MessageType columns, Function<Converters.RowSink, Converters.StructConverter> root) {
        this.columns = columns;
        this.root = root.apply(values -> row = values);
    }

    /** Those of the file that are read. */
    MessageType columns() {
        return columns;
    }

    @Override
    public @Nullable Object[] getCurrentRecord() {
        return row;
    }

    @Override
    public GroupConverter getRootConverter() {
        return root;
    }
}
