package io.sluice.client;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;
import org.roaringbitmap.RoaringBitmap;

/** Deletion vectors as Delta's writers lay them out. */
final class Vectors {
    private static final String DIGITS =
            "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#";

    private Vectors() {}

    static byte[] bytes(int... rows) {
        RoaringBitmap bitmap = RoaringBitmap.bitmapOf(rows);
        ByteBuffer bytes =
                ByteBuffer.allocate(16 + bitmap.serializedSizeInBytes()).order(ByteOrder.LITTLE_ENDIAN);
        bitmap.serialize(bytes.putInt(1681511377).putLong(1).putInt(0));
        return bytes.array();
    }

    static byte[] file(int... rows) {
        byte[] vector = bytes(rows);
        CRC32 checksum = new CRC32();
        checksum.update(vector);
        return ByteBuffer.allocate(vector.length + 9)
                .put((byte) 1)
                .putInt(vector.length)
                .put(vector)
                .putInt((int) checksum.getValue())
                .array();
    }

    static String inline(int... rows) {
        byte[] vector = bytes(rows);
        ByteBuffer blocks =
                ByteBuffer.allocate((vector.length + 3) / 4 * 4).put(vector).rewind();
        StringBuilder text = new StringBuilder();
        while (blocks.hasRemaining()) {
            long block = Integer.toUnsignedLong(blocks.getInt());
            for (long power = 85L * 85 * 85 * 85; power > 0; power /= 85)
                text.append(DIGITS.charAt((int) (block / power % 85)));
        }
        return text.toString();
    }
}
