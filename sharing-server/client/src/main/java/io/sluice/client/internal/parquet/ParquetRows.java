package io.sluice.client.internal.parquet;

import io.sluice.client.internal.parquet.Bounds.Budget;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.MessageColumnIO;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/** The rows of a file, one after the other. In memory is a page of each column. Not for several threads. */
public final class ParquetRows {
    private final FileChannel file;
    private final RowAssembly assembly;
    private final MessageColumnIO columns;
    private final Iterator<RowGroup> groups;
    private @Nullable RecordReader<@Nullable Object[]> reader;
    private long leftInGroup;
    private long position = -1;

    ParquetRows(FileChannel file, FileMetaData footer, MessageType schema, RowAssembly assembly) {
        this.file = file;
        this.assembly = assembly;
        this.columns = new ColumnIOFactory(footer.getCreated_by()).getColumnIO(assembly.columns(), schema);
        this.groups = footer.getRow_groups().iterator();
    }

    /** The values of the next row; null at the end. */
    public @Nullable Object @Nullable [] next() throws UnreadableFileException {
        try {
            while (leftInGroup == 0) {
                if (!groups.hasNext()) return null;
                open(groups.next());
            }
            leftInGroup--;
            position++;
            return Objects.requireNonNull(reader).read();
        } catch (UnreadableFileException e) {
            throw e;
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof UnreadableFileException known) throw known;
            throw UnreadableFileException.damaged(e);
        } catch (IOException | RuntimeException e) {
            throw UnreadableFileException.damaged(e);
        }
    }

    /** Of the row handed out last, counted from 0 and from the beginning of the file. */
    public long position() {
        return position;
    }

    private void open(RowGroup group) throws IOException {
        if (group.getNum_rows() < 0)
            throw UnreadableFileException.because("it is damaged (it claims fewer rows than none)");
        leftInGroup = group.getNum_rows();
        reader = columns.getRecordReader(new Pages(group), assembly);
    }

    /** The wanted columns of one row group. */
    private final class Pages implements PageReadStore {
        private final Map<List<String>, ColumnChunk> chunks = new HashMap<>();
        private final Budget open = new Budget(Bounds.MOST_OPEN_BYTES, "its open pages");
        private final long rows;

        Pages(RowGroup group) throws UnreadableFileException {
            rows = group.getNum_rows();
            for (ColumnChunk chunk : group.getColumns()) {
                if (chunk.isSetFile_path())
                    throw UnreadableFileException.because(
                            "some of its columns are in other files, which is not known here");
                if (!chunk.isSetMeta_data())
                    throw UnreadableFileException.because("some of its columns are encrypted, which is not known here");
                chunks.put(chunk.getMeta_data().getPath_in_schema(), chunk);
            }
        }

        @Override
        public PageReader getPageReader(ColumnDescriptor column) {
            try {
                ColumnChunk chunk = chunks.get(List.of(column.getPath()));
                if (chunk == null)
                    throw UnreadableFileException.because("it is damaged (column %s is missing)", column);
                return new ColumnPages(file, column, chunk.getMeta_data(), open);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public long getRowCount() {
            return rows;
        }
    }
}
