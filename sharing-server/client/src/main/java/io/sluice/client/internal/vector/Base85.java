package io.sluice.client.internal.vector;

import java.io.IOException;
import java.nio.ByteBuffer;

/** ZeroMQ's base 85: five digits for four bytes. */
final class Base85 {
    private static final String DIGITS =
            "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#";

    private Base85() {}

    static byte[] decode(String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(text.length() / 5 * 4);
        for (int block = 0; bytes.hasRemaining(); block += 5) bytes.putInt(block(text, block));
        return bytes.array();
    }

    private static int block(String text, int from) throws IOException {
        long value = 0;
        for (int i = from; i < from + 5; i++) {
            int digit = DIGITS.indexOf(text.charAt(i));
            if (digit < 0) throw new IOException("The deletion vector is damaged: it is not in base 85.");
            value = value * 85 + digit;
        }
        return (int) value;
    }
}
