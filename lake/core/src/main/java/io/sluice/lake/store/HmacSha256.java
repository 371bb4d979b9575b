package io.sluice.lake.store;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * HMAC-SHA-256 (RFC 2104) under one key and over one beginning of the message, both digested in advance: what is left
 * for each message is its own end. Immutable; safe for use by many threads.
 */
final class HmacSha256 {
    private static final int BLOCK_BYTES = 64;
    private static final byte INNER = 0x36;
    private static final byte OUTER = 0x5c;

    private final MessageDigest inner;
    private final MessageDigest outer;

    private HmacSha256(MessageDigest inner, MessageDigest outer) {
        this.inner = inner;
        this.outer = outer;
    }

    static HmacSha256 under(byte[] key) {
        byte[] block = key.length > BLOCK_BYTES ? Sha256.begin().digest(key) : key;
        return new HmacSha256(padded(block, INNER), padded(block, OUTER));
    }

    /** The same over messages that all begin like this. */
    HmacSha256 over(String beginning) {
        MessageDigest begun = Sha256.copy(inner);
        begun.update(beginning.getBytes(StandardCharsets.UTF_8));
        return new HmacSha256(begun, outer);
    }

    byte[] sign(byte[] end, int offset, int length) {
        MessageDigest message = Sha256.copy(inner);
        message.update(end, offset, length);
        return Sha256.copy(outer).digest(message.digest());
    }

    byte[] sign(String end) {
        byte[] bytes = end.getBytes(StandardCharsets.UTF_8);
        return sign(bytes, 0, bytes.length);
    }

    private static MessageDigest padded(byte[] key, byte pad) {
        byte[] block = Arrays.copyOf(key, BLOCK_BYTES);
        for (int i = 0; i < BLOCK_BYTES; i++) block[i] ^= pad;
        MessageDigest digest = Sha256.begin();
        digest.update(block);
        return digest;
    }
}
