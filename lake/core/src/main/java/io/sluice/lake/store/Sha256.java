package io.sluice.lake.store;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.NoSuchProviderException;

/**
 * Digests that go on from a common beginning. A beginning is digested once and then only copied, so it may be shared
 * by threads; a copy belongs to one thread.
 */
final class Sha256 {
    static final int BYTES = 32;
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private Sha256() {}

    static MessageDigest begin() {
        // The JDK's own is compiled to the processor's instructions; a native provider that stands before it costs a
        // call out of the virtual machine for each of many short pieces.
        try {
            return MessageDigest.getInstance("SHA-256", "SUN");
        } catch (NoSuchProviderException e) {
            return anyProvider();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static MessageDigest copy(MessageDigest beginning) {
        try {
            return (MessageDigest) beginning.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Writes a digest in 64 hexadecimal digits. Returns the offset behind it. */
    static int writeHex(byte[] digest, byte[] target, int offset) {
        int at = offset;
        for (byte octet : digest) {
            target[at++] = HEX[octet >> 4 & 0xf];
            target[at++] = HEX[octet & 0xf];
        }
        return at;
    }

    private static MessageDigest anyProvider() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
