package io.sluice.client;

import io.sluice.client.FileLine.Vector;
import io.sluice.client.internal.parquet.ParquetFile;
import io.sluice.client.internal.parquet.ParquetFile.StructMaker;
import io.sluice.client.internal.parquet.ParquetRows;
import io.sluice.client.internal.parquet.UnreadableFileException;
import io.sluice.client.internal.vector.DeletedRows;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a part. Its file is fetched as a whole into a temporary one, which is gone when this is closed: reading
 * a file by ranges would need its URL for as long as its rows are wanted.
 */
final class PartRows implements AutoCloseable {
    private static final int MOST_VECTOR_BYTES = 128 << 20;

    private final String fileId;
    private final FileChannel file;
    private final ParquetRows rows;
    private final Optional<DeletedRows> only;
    private final Optional<DeletedRows> without;

    private PartRows(
            String fileId,
            FileChannel file,
            ParquetRows rows,
            Optional<DeletedRows> only,
            Optional<DeletedRows> without) {
        this.fileId = fileId;
        this.file = file;
        this.rows = rows;
        this.only = only;
        this.without = without;
    }

    static PartRows open(RemoteFiles files, Layout layout, Part part, StructMaker structs) throws IOException {
        Optional<DeletedRows> only = vector(files, part.only());
        Optional<DeletedRows> without = vector(files, part.without());
        RemoteFile remote = part.line().file();
        FileChannel file = fetched(files, remote);
        try {
            ParquetRows rows =
                    ParquetFile.open(file).rows(layout.columns(), layout.others(part), structs, layout.matching());
            return new PartRows(remote.id(), file, rows, only, without);
        } catch (UnreadableFileException e) {
            file.close();
            throw unreadable(remote.id(), e);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /** The values of the next row; null at the end. */
    @Nullable
    Object @Nullable [] next() throws SharingException {
        try {
            for (Object[] row = rows.next(); row != null; row = rows.next()) if (isWanted(rows.position())) return row;
            return null;
        } catch (UnreadableFileException e) {
            throw unreadable(fileId, e);
        }
    }

    private boolean isWanted(long position) {
        return (only.isEmpty() || only.get().contains(position))
                && (without.isEmpty() || !without.get().contains(position));
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private static SharingException unreadable(String fileId, UnreadableFileException cause) {
        return SharingException.unreadable("File " + fileId + " cannot be read", cause);
    }

    private static FileChannel fetched(RemoteFiles files, RemoteFile remote) throws IOException {
        Path local = Files.createTempFile("sluice-", ".parquet");
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(local))) {
            files.download(remote, out);
        } catch (IOException | RuntimeException e) {
            Files.delete(local);
            throw e;
        }
        return FileChannel.open(local, StandardOpenOption.READ, StandardOpenOption.DELETE_ON_CLOSE);
    }

    private static Optional<DeletedRows> vector(RemoteFiles files, Optional<FileLine> line) throws IOException {
        if (line.isEmpty()) return Optional.empty();
        Vector vector = line.get().vector().orElseThrow();
        try {
            return Optional.of(vector(files, vector));
        } catch (SharingException e) {
            throw e;
        } catch (IOException e) {
            throw SharingException.unreadable(
                    "The deleted rows of file %s are not known"
                            .formatted(line.get().file().id()),
                    e);
        }
    }

    private static DeletedRows vector(RemoteFiles files, Vector vector) throws IOException {
        if (vector.size() < 0 || vector.size() > MOST_VECTOR_BYTES || vector.offset() < 0)
            throw SharingException.brokenProtocol(
                    "A deletion vector claims %d bytes at %d; at most %d are read.",
                    vector.size(), vector.offset(), MOST_VECTOR_BYTES);
        if (vector.isInline()) return DeletedRows.inline(vector.text(), vector.size(), vector.cardinality());
        int framed = vector.size() + DeletedRows.FRAME_BYTES;
        RemoteFile file = FileLine.fileOf(vector, vector.offset() + framed);
        return DeletedRows.inFile(files.read(file, vector.offset(), framed), vector.size(), vector.cardinality());
    }
}
