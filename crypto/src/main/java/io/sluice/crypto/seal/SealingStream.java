package io.sluice.crypto.seal;

import com.google.crypto.tink.subtle.StreamSegmentEncrypter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;

/** Collects a segment, seals it once it is known whether it is the last, and asks before each whether it still may. */
final class SealingStream extends OutputStream {
    private final DataKey key;
    private final StreamSegmentEncrypter encrypter;
    private final OutputStream target;
    private final ByteBuffer sealed = ByteBuffer.allocate(SealedLayout.SEGMENT);
    private ByteBuffer plain = ByteBuffer.allocate(SealedLayout.plainCapacity(0));
    private boolean isClosed;

    SealingStream(DataKey key, StreamSegmentEncrypter encrypter, OutputStream target)
            throws IOException, GeneralSecurityException {
        this.key = key;
        this.encrypter = encrypter;
        this.target = target;
        ByteBuffer header = encrypter.getHeader();
        target.write(SealedLayout.prefix(key, header));
        byte[] headerBytes = new byte[header.remaining()];
        header.get(headerBytes);
        target.write(headerBytes);
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (isClosed) throw new IOException("the sealed object is closed");
        int at = offset;
        int left = length;
        while (left > 0) {
            if (!plain.hasRemaining()) sealSegment(false);
            int now = Math.min(left, plain.remaining());
            plain.put(bytes, at, now);
            at += now;
            left -= now;
        }
    }

    private void sealSegment(boolean isLast) throws IOException {
        key.requireUsable();
        plain.flip();
        sealed.clear();
        try {
            encrypter.encryptSegment(plain, isLast, sealed);
        } catch (GeneralSecurityException e) {
            throw new IOException("the crypto provider cannot seal a segment", e);
        }
        target.write(sealed.array(), 0, sealed.position());
        plain = ByteBuffer.allocate(SealedLayout.plainCapacity(1));
    }

    @Override
    public void flush() throws IOException {
        target.flush();
    }

    @Override
    public void close() throws IOException {
        if (isClosed) return;
        isClosed = true;
        try (OutputStream closing = target) {
            sealSegment(true);
            closing.flush();
        }
    }
}
