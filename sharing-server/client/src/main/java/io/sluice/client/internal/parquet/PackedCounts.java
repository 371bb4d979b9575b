package io.sluice.client.internal.parquet;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;

/**
 * How many values the packed differences in a page claim to hold. parquet-java takes memory for them before it looks at
 * any; so the claim is held against the page's own count first.
 *
 * <pre>
 * varint   values in a block           varint   values in all
 * varint   small blocks in a block     varint   first value
 * then, for each block: the least difference (varint), a width for each small block (bytes), the differences
 * </pre>
 */
final class PackedCounts {
    private static final int MOST_VALUES_OF_A_BLOCK = 1 << 16;

    private final ByteBuffer page;
    private final int values;

    private PackedCounts(ByteBuffer page, int values) {
        this.page = page;
        this.values = values;
    }

    /** Where the values begin in a page of the first kind, whose levels have their length before them. */
    static int afterLevels(byte[] page, ColumnDescriptor column) {
        ByteBuffer bytes = ByteBuffer.wrap(page).order(ByteOrder.LITTLE_ENDIAN);
        for (int most : new int[] {column.getMaxRepetitionLevel(), column.getMaxDefinitionLevel()}) {
            if (most == 0) continue;
            int length = bytes.getInt();
            bytes.position(Math.addExact(bytes.position(), length));
        }
        return bytes.position();
    }

    static void require(byte[] page, int from, Encoding encoding, int values) throws UnreadableFileException {
        PackedCounts counts = new PackedCounts(ByteBuffer.wrap(page, from, page.length - from), values);
        if (!counts.page.hasRemaining()) return;
        if (encoding == Encoding.DELTA_BINARY_PACKED || encoding == Encoding.DELTA_LENGTH_BYTE_ARRAY)
            counts.requireNumbers();
        if (encoding == Encoding.DELTA_BYTE_ARRAY) {
            // The lengths of prefixes, then those of the rest.
            counts.requireNumbers();
            counts.requireNumbers();
        }
    }

    private void requireNumbers() throws UnreadableFileException {
        long blockValues = varint();
        long smallBlocks = varint();
        long all = varint();
        varint();
        if (all > values || blockValues > MOST_VALUES_OF_A_BLOCK || smallBlocks < 1 || smallBlocks > blockValues)
            throw UnreadableFileException.because(
                    "it is damaged (a page of %d values claims %d packed ones)", values, all);
        // The first value stands in the header.
        for (long left = all - 1; left > 0; ) left = block(left, blockValues / smallBlocks, (int) smallBlocks);
    }

    /** Small blocks behind the last value have a width and no differences. */
    private long block(long left, long smallValues, int smallBlocks) {
        varint();
        byte[] widths = new byte[smallBlocks];
        page.get(widths);
        for (int i = 0; i < smallBlocks && left > 0; i++, left -= smallValues)
            page.position(Math.toIntExact(page.position() + smallValues * (widths[i] & 0xff) / Byte.SIZE));
        return left;
    }

    private long varint() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            byte next = page.get();
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) return value;
        }
        throw new IllegalArgumentException("a number of more than 64 bits");
    }
}
