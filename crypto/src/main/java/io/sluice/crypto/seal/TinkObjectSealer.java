package io.sluice.crypto.seal;

import com.google.crypto.tink.subtle.StreamSegmentDecrypter;
import com.google.crypto.tink.subtle.StreamSegmentEncrypter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;

/**
 * Seals objects with Tink's AES256-GCM-HKDF stream in segments of 64 KiB, in the layout that {@link SealedLayout}
 * writes down. Safe for use by many threads; each stream belongs to one.
 */
public final class TinkObjectSealer implements ObjectSealer {
    private final DataKeys keys;
    private final String subject;

    public TinkObjectSealer(DataKeys keys, String subject) {
        this.keys = keys;
        this.subject = subject;
    }

    @Override
    public long sealedLength(long plainLength) {
        return SealedLayout.sealedLength(plainLength);
    }

    @Override
    public long plainLength(long sealedLength) throws CorruptObjectException {
        return SealedLayout.plainLength(sealedLength);
    }

    @Override
    public OutputStream seal(ObjectIdentity identity, OutputStream target) throws IOException {
        requireMine(identity);
        DataKey key = keys.current();
        key.requireUsable();
        try {
            StreamSegmentEncrypter encrypter = SealedLayout.stream(key)
                    .newStreamSegmentEncrypter(SealedLayout.associatedData(keys.scope(), identity, key));
            return new SealingStream(key, encrypter, target);
        } catch (GeneralSecurityException e) {
            throw new IOException("the crypto provider cannot seal", e);
        }
    }

    @Override
    public InputStream open(ObjectIdentity identity, RangeSource sealed, long offset, long length) throws IOException {
        requireMine(identity);
        long plainLength = plainLength(sealed.length());
        if (offset < 0 || length < 0 || length > plainLength - offset)
            throw new IllegalArgumentException("range " + offset + "+" + length + " of " + plainLength + " bytes");

        long first = SealedLayout.segmentOf(offset);
        long last = length == 0 ? first : SealedLayout.segmentOf(offset + length - 1);
        long end = Math.min((last + 1) * SealedLayout.SEGMENT, sealed.length());
        if (first == 0) {
            InputStream all = sealed.read(0, end);
            return opened(identity, sealed, all, all, offset, length);
        }
        try (InputStream head = sealed.read(0, SealedLayout.START)) {
            return opened(
                    identity,
                    sealed,
                    head,
                    () -> sealed.read(first * SealedLayout.SEGMENT, end - first * SealedLayout.SEGMENT),
                    offset,
                    length);
        }
    }

    private InputStream opened(
            ObjectIdentity identity,
            RangeSource sealed,
            InputStream head,
            InputStream segments,
            long offset,
            long length)
            throws IOException {
        try {
            return opened(identity, sealed, head, () -> segments, offset, length);
        } catch (IOException | RuntimeException e) {
            segments.close();
            throw e;
        }
    }

    private InputStream opened(
            ObjectIdentity identity, RangeSource sealed, InputStream head, Segments segments, long offset, long length)
            throws IOException {
        byte[] bytes = head.readNBytes(SealedLayout.START);
        if (bytes.length < SealedLayout.START) throw new CorruptObjectException("the object ends within its header");
        SealedLayout.KeyName name = SealedLayout.keyName(bytes);
        DataKey key = keys.find(name.id(), name.version());
        key.requireUsable();
        try {
            SealedLayout.requireCommitment(key, bytes);
            StreamSegmentDecrypter decrypter = SealedLayout.stream(key).newStreamSegmentDecrypter();
            decrypter.init(
                    ByteBuffer.wrap(bytes, SealedLayout.PREFIX, SealedLayout.TINK_HEADER),
                    SealedLayout.associatedData(keys.scope(), identity, key));
            return new OpeningStream(key, decrypter, segments.open(), sealed.length(), offset, length);
        } catch (GeneralSecurityException e) {
            throw new CorruptObjectException("the header of the object does not open", e);
        }
    }

    private void requireMine(ObjectIdentity identity) {
        if (!identity.subject().equals(subject))
            throw new IllegalArgumentException("an object of " + identity.subject() + " in the hands of " + subject);
    }

    @FunctionalInterface
    private interface Segments {
        InputStream open() throws IOException;
    }
}
