package io.sluice.client.internal.vector;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * The deleted rows of a file, by their positions.
 *
 * <pre>
 * little endian:
 *   4 bytes   1681511377, portable format
 *   8 bytes   number of bitmaps
 *   each      4 bytes upper half of the positions, then a Roaring bitmap of the lower halves
 *
 * in a file, big endian, around it:
 *   4 bytes   its length                  <- the offset points here
 *   4 bytes   CRC-32 of it, behind it
 * </pre>
 */
public final class DeletedRows {
    /** What a vector has around it in a file. */
    public static final int FRAME_BYTES = 8;

    private static final int PORTABLE_BITMAPS = 1681511377;

    private final Map<Integer, RoaringBitmap> bitmaps = new HashMap<>();

    private DeletedRows() {}

    /** @param framed the vector of {@code size} bytes with its length before it and its checksum behind it */
    public static DeletedRows inFile(byte[] framed, int size, long cardinality) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(framed);
        if (bytes.getInt() != size) throw damaged("its length is not the one that the table's log tells");
        CRC32 checksum = new CRC32();
        checksum.update(framed, bytes.position(), size);
        if (bytes.getInt(bytes.position() + size) != (int) checksum.getValue())
            throw damaged("its checksum does not fit");
        return parsed(bytes.slice(bytes.position(), size), cardinality);
    }

    /** @param text in base 85, as it stands in the table's log */
    public static DeletedRows inline(String text, int size, long cardinality) throws IOException {
        byte[] bytes = Base85.decode(text);
        if (bytes.length < size) throw damaged("it is shorter than the table's log tells");
        return parsed(ByteBuffer.wrap(bytes, 0, size), cardinality);
    }

    public boolean contains(long position) {
        @Nullable RoaringBitmap bitmap = bitmaps.get((int) (position >>> Integer.SIZE));
        return bitmap != null && bitmap.contains((int) position);
    }

    private static DeletedRows parsed(ByteBuffer vector, long cardinality) throws IOException {
        DeletedRows rows = new DeletedRows();
        try {
            rows.read(vector.order(ByteOrder.LITTLE_ENDIAN));
        } catch (BufferUnderflowException | IndexOutOfBoundsException | IllegalArgumentException e) {
            throw damaged("it breaks off");
        }
        long deleted = rows.bitmaps.values().stream()
                .mapToLong(RoaringBitmap::getLongCardinality)
                .sum();
        if (deleted != cardinality)
            throw damaged("it deletes %d rows and the table's log tells of %d".formatted(deleted, cardinality));
        return rows;
    }

    private void read(ByteBuffer vector) throws IOException {
        if (vector.getInt() != PORTABLE_BITMAPS) throw damaged("it is not in the portable format");
        for (long left = vector.getLong(); left > 0; left--) {
            int upper = vector.getInt();
            RoaringBitmap bitmap = new RoaringBitmap();
            bitmap.deserialize(vector.slice().order(ByteOrder.LITTLE_ENDIAN));
            vector.position(Math.addExact(vector.position(), bitmap.serializedSizeInBytes()));
            bitmaps.put(upper, bitmap);
        }
    }

    private static IOException damaged(String why) {
        return new IOException("The deletion vector is damaged: " + why + ".");
    }
}
