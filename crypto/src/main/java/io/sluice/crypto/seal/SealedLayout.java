package io.sluice.crypto.seal;

import com.google.crypto.tink.subtle.AesGcmHkdfStreaming;
import com.google.crypto.tink.subtle.Hkdf;
import io.sluice.crypto.secret.SecretAccess;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.UUID;

/**
 * How a sealed object lies in the store:
 *
 * <pre>
 *   0 ..   7  magic "SLUICE" 0x00, layout version 0x01
 *   8 ..  23  id of the data key, a UUID, big endian
 *  24 ..  27  version of the data key, big endian
 *  28 ..  59  commitment: HKDF-SHA256(data key, salt, "sluice commit")
 *  60 ..  99  Tink's header: its length 0x28, salt (32), nonce prefix (7)
 * 100 ..      segments of Tink's AES256-GCM-HKDF stream, each with a tag of 16 bytes
 * </pre>
 *
 * <p>Segment {@code i} ends at byte {@code (i + 1) * 65,536} of the object or at its end, the first one being shorter by
 * what stands before it: a range of plain bytes is found by arithmetic alone. The stream's associated data are, each
 * with its length in front, layout version, scope, subject, path, key id and key version. The last segment is marked in
 * its nonce, so that an object cut at a border does not open. GCM does not commit to its key; the commitment does, so an
 * object cannot be made that opens differently under two keys.
 */
final class SealedLayout {
    static final int SEGMENT = 64 * 1024;
    static final int TAG = 16;
    static final int PREFIX = 60;
    static final int TINK_HEADER = 40;
    static final int START = PREFIX + TINK_HEADER;
    private static final int PLAIN_SEGMENT = SEGMENT - TAG;
    private static final byte[] MAGIC = {'S', 'L', 'U', 'I', 'C', 'E', 0, 1};
    private static final int KEY_BYTES = 32;
    private static final String MAC = "HmacSha256";

    private SealedLayout() {}

    static long sealedLength(long plainLength) {
        long full = (plainLength + START) / PLAIN_SEGMENT;
        long rest = (plainLength + START) % PLAIN_SEGMENT;
        return full * SEGMENT + (rest > 0 ? rest + TAG : 0);
    }

    static long plainLength(long sealedLength) throws CorruptObjectException {
        long plain = sealedLength - START - TAG * segments(sealedLength);
        if (plain < 0 || sealedLength(plain) != sealedLength)
            throw new CorruptObjectException("no sealed object has " + sealedLength + " bytes");
        return plain;
    }

    static long segments(long sealedLength) {
        return (sealedLength + SEGMENT - 1) / SEGMENT;
    }

    static long segmentOf(long plainOffset) {
        return (plainOffset + START) / PLAIN_SEGMENT;
    }

    static long plainStart(long segment) {
        return segment == 0 ? 0 : segment * PLAIN_SEGMENT - START;
    }

    static int plainCapacity(long segment) {
        return segment == 0 ? PLAIN_SEGMENT - START : PLAIN_SEGMENT;
    }

    static AesGcmHkdfStreaming stream(DataKey key) throws GeneralSecurityException {
        byte[] secret = key.secret().expose(SecretAccess.SEALING);
        try {
            return new AesGcmHkdfStreaming(secret, MAC, KEY_BYTES, SEGMENT, PREFIX);
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    static byte[] associatedData(String scope, ObjectIdentity identity, DataKey key) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(1);
            for (String part : new String[] {scope, identity.subject(), identity.path(), key.id()}) {
                byte[] text = part.getBytes(StandardCharsets.UTF_8);
                out.writeInt(text.length);
                out.write(text);
            }
            out.writeInt(key.version());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** The first {@link #PREFIX} bytes of an object whose Tink header is given. */
    static byte[] prefix(DataKey key, ByteBuffer tinkHeader) throws GeneralSecurityException {
        UUID id = UUID.fromString(key.id());
        return ByteBuffer.allocate(PREFIX)
                .put(MAGIC)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .putInt(key.version())
                .put(commitment(key, tinkHeader))
                .array();
    }

    /** What the prefix says about the key. */
    record KeyName(String id, int version) {}

    static KeyName keyName(byte[] head) throws CorruptObjectException {
        if (!Arrays.equals(head, 0, MAGIC.length, MAGIC, 0, MAGIC.length))
            throw new CorruptObjectException("the object does not begin as a sealed object does");
        ByteBuffer buffer = ByteBuffer.wrap(head, MAGIC.length, 20);
        return new KeyName(new UUID(buffer.getLong(), buffer.getLong()).toString(), buffer.getInt());
    }

    static void requireCommitment(DataKey key, byte[] head) throws CorruptObjectException, GeneralSecurityException {
        byte[] found = Arrays.copyOfRange(head, 28, PREFIX);
        if (!MessageDigest.isEqual(found, commitment(key, ByteBuffer.wrap(head, PREFIX, TINK_HEADER))))
            throw new CorruptObjectException("the object was not sealed under the key that it names");
    }

    private static byte[] commitment(DataKey key, ByteBuffer tinkHeader) throws GeneralSecurityException {
        byte[] salt = new byte[32];
        tinkHeader.duplicate().position(tinkHeader.position() + 1).get(salt);
        byte[] secret = key.secret().expose(SecretAccess.SEALING);
        try {
            return Hkdf.computeHkdf(MAC, secret, salt, "sluice commit".getBytes(StandardCharsets.US_ASCII), KEY_BYTES);
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }
}
