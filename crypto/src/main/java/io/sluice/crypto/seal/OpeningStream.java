package io.sluice.crypto.seal;

import com.google.crypto.tink.subtle.StreamSegmentDecrypter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;

/** Opens one segment when its first byte is asked for, and asks before each whether it still may. */
final class OpeningStream extends InputStream {
    private final DataKey key;
    private final StreamSegmentDecrypter decrypter;
    private final InputStream sealed;
    private final long sealedLength;
    private final ByteBuffer plain = ByteBuffer.allocate(SealedLayout.SEGMENT);
    private long segment;
    private int skip;
    private long left;

    /** @param sealed positioned at the segment that holds the offset; if that is the first, behind the header */
    OpeningStream(
            DataKey key,
            StreamSegmentDecrypter decrypter,
            InputStream sealed,
            long sealedLength,
            long offset,
            long length) {
        this.key = key;
        this.decrypter = decrypter;
        this.sealed = sealed;
        this.sealedLength = sealedLength;
        this.segment = SealedLayout.segmentOf(offset);
        this.skip = (int) (offset - SealedLayout.plainStart(segment));
        this.left = length;
        plain.limit(0);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) return 0;
        if (left == 0) return -1;
        if (!plain.hasRemaining()) openSegment();
        int now = (int) Math.min(Math.min(length, plain.remaining()), left);
        plain.get(bytes, offset, now);
        left -= now;
        return now;
    }

    private void openSegment() throws IOException {
        key.requireUsable();
        long start = segment == 0 ? SealedLayout.START : segment * SealedLayout.SEGMENT;
        long end = Math.min((segment + 1) * SealedLayout.SEGMENT, sealedLength);
        byte[] bytes = sealed.readNBytes((int) (end - start));
        if (bytes.length < end - start) throw new CorruptObjectException("the object ends within segment " + segment);
        plain.clear();
        try {
            decrypter.decryptSegment(
                    ByteBuffer.wrap(bytes),
                    Math.toIntExact(segment),
                    segment == SealedLayout.segments(sealedLength) - 1,
                    plain);
        } catch (GeneralSecurityException e) {
            // What stands in the buffer is of the segment before, or unverified: a caller that reads on gets nothing.
            plain.limit(0);
            throw new CorruptObjectException("segment " + segment + " of the object does not open", e);
        }
        plain.flip();
        plain.position(skip);
        skip = 0;
        segment++;
    }

    @Override
    public int available() {
        return (int) Math.min(left, plain.remaining());
    }

    @Override
    public void close() throws IOException {
        sealed.close();
    }
}
