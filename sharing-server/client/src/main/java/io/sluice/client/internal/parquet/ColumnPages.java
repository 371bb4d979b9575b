package io.sluice.client.internal.parquet;

import io.sluice.client.internal.parquet.Bounds.Budget;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.page.DataPageV2;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DataPageHeaderV2;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.Util;
import org.jspecify.annotations.Nullable;

/** The pages of one column in one row group, read when they are asked for: one at a time is in memory. */
final class ColumnPages implements PageReader {
    private final ColumnDescriptor column;
    private final long values;
    private final Codec codec;
    private final InputStream in;
    private final Budget open;
    private @Nullable PageHeader ahead;
    private long held;
    private long left;

    ColumnPages(FileChannel file, ColumnDescriptor column, ColumnMetaData chunk, Budget open) throws IOException {
        this.column = column;
        this.values = chunk.getNum_values();
        this.codec = Codec.of(chunk.getCodec());
        this.open = open;
        long start = chunk.getData_page_offset();
        if (chunk.isSetDictionary_page_offset() && chunk.getDictionary_page_offset() > 0)
            start = Math.min(start, chunk.getDictionary_page_offset());
        long length = chunk.getTotal_compressed_size();
        if (start < 0 || length < 0 || length > file.size() - start || values < 0)
            throw UnreadableFileException.because("it is damaged (column %s lies outside of it)", column);
        this.in = new BufferedInputStream(new FileBytes(file, start, length));
        this.left = values;
    }

    @Override
    public long getTotalValueCount() {
        return values;
    }

    @Override
    public @Nullable DictionaryPage readDictionaryPage() {
        try {
            PageHeader header = peek();
            if (header == null || header.getType() != PageType.DICTIONARY_PAGE) return null;
            ahead = null;
            // Beside the data pages for as long as these are read.
            open.take(header.getUncompressed_page_size());
            byte[] bytes = codec.unpack(packed(header), header.getUncompressed_page_size());
            int entries = header.getDictionary_page_header().getNum_values();
            if (entries < 0 || entries > bytes.length) throw claims("a dictionary of %d entries", entries);
            Encoding encoding = Encoding.valueOf(
                    header.getDictionary_page_header().getEncoding().name());
            return new DictionaryPage(BytesInput.from(bytes), entries, encoding);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public @Nullable DataPage readPage() {
        try {
            for (PageHeader header = peek(); header != null && left > 0; header = peek()) {
                ahead = null;
                if (header.getType() == PageType.DATA_PAGE) return first(header, header.getData_page_header());
                if (header.getType() == PageType.DATA_PAGE_V2) return second(header, header.getData_page_header_v2());
                in.skipNBytes(header.getCompressed_page_size());
            }
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private DataPage first(PageHeader header, DataPageHeader page) throws IOException {
        int count = counted(page.getNum_values());
        byte[] bytes = codec.unpack(packed(header), header.getUncompressed_page_size());
        Encoding encoding = Encoding.valueOf(page.getEncoding().name());
        PackedCounts.require(bytes, PackedCounts.afterLevels(bytes, column), encoding, count);
        return new DataPageV1(
                BytesInput.from(bytes),
                count,
                bytes.length,
                noStatistics(),
                Encoding.valueOf(page.getRepetition_level_encoding().name()),
                Encoding.valueOf(page.getDefinition_level_encoding().name()),
                encoding);
    }

    /** The levels lie before the values, and are never packed. */
    private DataPage second(PageHeader header, DataPageHeaderV2 page) throws IOException {
        int count = counted(page.getNum_values());
        byte[] bytes = packed(header);
        int repetition = page.getRepetition_levels_byte_length();
        int definition = page.getDefinition_levels_byte_length();
        long levels = (long) repetition + definition;
        if (repetition < 0 || definition < 0 || levels > bytes.length || levels > header.getUncompressed_page_size())
            throw claims("%d bytes of levels", levels);
        byte[] data = Arrays.copyOfRange(bytes, (int) levels, bytes.length);
        boolean isPacked = !page.isSetIs_compressed() || page.isIs_compressed();
        // No values, no bytes: some writers do not pack nothing.
        if (isPacked && data.length > 0) data = codec.unpack(data, header.getUncompressed_page_size() - (int) levels);
        Encoding encoding = Encoding.valueOf(page.getEncoding().name());
        PackedCounts.require(data, 0, encoding, count);
        return DataPageV2.uncompressed(
                page.getNum_rows(),
                page.getNum_nulls(),
                count,
                BytesInput.from(bytes, 0, repetition),
                BytesInput.from(bytes, repetition, definition),
                encoding,
                BytesInput.from(data),
                noStatistics());
    }

    /** Rows are not chosen by statistics here: whoever reads wants all. */
    private Statistics<?> noStatistics() {
        return Statistics.createStats(column.getPrimitiveType());
    }

    private int counted(int count) throws UnreadableFileException {
        if (count < 0 || count > Bounds.MOST_VALUES_OF_A_PAGE) throw claims("a page of %d values", count);
        left -= count;
        return count;
    }

    private @Nullable PageHeader peek() throws IOException {
        if (ahead == null && hasMore()) {
            ahead = Util.readPageHeader(in);
            requireBounds(ahead);
        }
        return ahead;
    }

    private boolean hasMore() throws IOException {
        in.mark(1);
        int next = in.read();
        in.reset();
        return next >= 0;
    }

    private void requireBounds(PageHeader header) throws UnreadableFileException {
        int packed = header.getCompressed_page_size();
        int unpacked = header.getUncompressed_page_size();
        if (packed < 0 || unpacked < 0 || packed > Bounds.MOST_PAGE_BYTES || unpacked > Bounds.MOST_PAGE_BYTES)
            throw claims("a page of %d bytes, %d unpacked", packed, unpacked);
        long wanted = (long) packed + unpacked;
        open.exchange(held, wanted);
        held = wanted;
    }

    private byte[] packed(PageHeader header) throws IOException {
        byte[] bytes = in.readNBytes(header.getCompressed_page_size());
        if (bytes.length < header.getCompressed_page_size()) throw claims("a page of more bytes than are there");
        if (header.isSetCrc() && checksum(bytes) != header.getCrc())
            throw UnreadableFileException.because("it is damaged (a checksum in column %s does not fit)", column);
        return bytes;
    }

    private static int checksum(byte[] bytes) {
        CRC32 checksum = new CRC32();
        checksum.update(bytes);
        return (int) checksum.getValue();
    }

    private UnreadableFileException claims(String format, Object... args) {
        return UnreadableFileException.because("it is damaged (column %s claims %s)", column, format.formatted(args));
    }
}
