package io.sluice.lake.delta;

import java.nio.ByteBuffer;
import java.util.UUID;

/** ZeroMQ's base 85, in which Delta spells the names of deletion vector files. */
final class Z85 {
    private static final String DIGITS =
            "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#";

    private Z85() {}

    static String encode(UUID id) {
        ByteBuffer bytes = ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .flip();
        StringBuilder text = new StringBuilder(20);
        while (bytes.hasRemaining()) appendBlock(Integer.toUnsignedLong(bytes.getInt()), text);
        return text.toString();
    }

    private static void appendBlock(long block, StringBuilder text) {
        for (long power = 85L * 85 * 85 * 85; power > 0; power /= 85)
            text.append(DIGITS.charAt((int) (block / power % 85)));
    }
}
