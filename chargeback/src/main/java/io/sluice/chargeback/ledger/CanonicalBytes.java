package io.sluice.chargeback.ledger;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;

/**
 * One byte string per meaning, for hashing. Layout: a version byte 1, then the fields in order. A text is its length in
 * UTF-8 bytes (4 bytes, big-endian) and those bytes; a number is 8 bytes big-endian; an instant is a number of
 * microseconds since 1970. Lengths stand in front so that no two lists of fields give the same bytes.
 */
final class CanonicalBytes {
    private static final int LAYOUT_VERSION = 1;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);

    CanonicalBytes() {
        bytes.write(LAYOUT_VERSION);
    }

    CanonicalBytes text(String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        bytes.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(utf8.length).array());
        bytes.writeBytes(utf8);
        return this;
    }

    CanonicalBytes number(long value) {
        bytes.writeBytes(ByteBuffer.allocate(Long.BYTES).putLong(value).array());
        return this;
    }

    CanonicalBytes instant(Instant value) {
        return number(Micros.of(value));
    }

    String sha256() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
