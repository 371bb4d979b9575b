package io.sluice.crypto.secret;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Objects;

/**
 * Key material. Prints its length only, compares in constant time, is wiped on close, and cannot be read afterwards.
 * Safe for use by many threads; a reader that is inside {@link #expose} while another closes gets a copy or a refusal,
 * never half-wiped bytes.
 */
public final class SecretBytes implements AutoCloseable {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final byte[] bytes;
    private boolean isWiped;

    private SecretBytes(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Takes a copy and wipes the original. */
    public static SecretBytes taking(byte[] original) {
        SecretBytes secret = new SecretBytes(original.clone());
        Arrays.fill(original, (byte) 0);
        return secret;
    }

    public static SecretBytes random(int length) {
        byte[] bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return new SecretBytes(bytes);
    }

    public int length() {
        return bytes.length;
    }

    /** A copy of the bytes, which the caller wipes after use. */
    public synchronized byte[] expose(SecretAccess access) {
        Objects.requireNonNull(access);
        if (isWiped) throw new IllegalStateException("the secret was wiped");
        return bytes.clone();
    }

    @Override
    public synchronized void close() {
        Arrays.fill(bytes, (byte) 0);
        isWiped = true;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SecretBytes that && MessageDigest.isEqual(bytes, that.bytes);
    }

    /** The same for all secrets of one length: a hash of the content would tell about it. */
    @Override
    public int hashCode() {
        return bytes.length;
    }

    @Override
    public String toString() {
        return "SecretBytes[" + bytes.length + "]";
    }
}
