package io.sluice.client.internal.parquet;

import io.sluice.client.internal.type.DataType.Struct;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.Util;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/** A Parquet file. Not for several threads. */
public final class ParquetFile {
    private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ENCRYPTED_MAGIC = "PARE".getBytes(StandardCharsets.US_ASCII);

    /** Length of the footer and the magic behind it. */
    private static final int TAIL = 8;

    private final FileChannel file;
    private final FileMetaData footer;
    private final MessageType schema;

    private ParquetFile(FileChannel file, FileMetaData footer, MessageType schema) {
        this.file = file;
        this.footer = footer;
        this.schema = schema;
    }

    /** How the values of a struct are handed out. */
    @FunctionalInterface
    public interface StructMaker {
        Object make(Struct type, @Nullable Object[] values);
    }

    /** Reads the footer. The channel stays the caller's to close. */
    public static ParquetFile open(FileChannel file) throws UnreadableFileException {
        try {
            FileMetaData footer = Util.readFileMetaData(new ByteArrayInputStream(footerBytes(file)));
            return new ParquetFile(file, footer, FileSchema.of(footer.getSchema()));
        } catch (UnreadableFileException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw UnreadableFileException.damaged(e);
        }
    }

    /**
     * All rows in the order of the file.
     *
     * @param wanted the columns; those that the file does not have keep their value of {@code others}
     * @param others one value for each column
     */
    public ParquetRows rows(Struct wanted, @Nullable Object[] others, StructMaker structs, Matching matching)
            throws UnreadableFileException {
        try {
            return new ParquetRows(file, footer, schema, new Projection(matching, structs).of(schema, wanted, others));
        } catch (IllegalArgumentException e) {
            throw UnreadableFileException.misfit(e);
        } catch (RuntimeException e) {
            throw UnreadableFileException.damaged(e);
        }
    }

    private static byte[] footerBytes(FileChannel file) throws IOException {
        long size = file.size();
        if (size < MAGIC.length + TAIL) throw UnreadableFileException.because("it is no Parquet file: too short");
        byte[] tail = FileBytes.read(file, size - TAIL, TAIL);
        byte[] magic = Arrays.copyOfRange(tail, 4, TAIL);
        if (Arrays.equals(magic, ENCRYPTED_MAGIC))
            throw UnreadableFileException.because(
                    "it is encrypted by Parquet's own encryption, which is not known here");
        if (!Arrays.equals(magic, MAGIC)) throw UnreadableFileException.because("it does not end as Parquet files do");
        long length = ByteBuffer.wrap(tail).order(ByteOrder.LITTLE_ENDIAN).getInt() & 0xffffffffL;
        if (length > Bounds.MOST_FOOTER_BYTES || length > size - TAIL - MAGIC.length)
            throw UnreadableFileException.because("it is damaged (it claims a footer of %d bytes)", length);
        return FileBytes.read(file, size - TAIL - length, (int) length);
    }
}
