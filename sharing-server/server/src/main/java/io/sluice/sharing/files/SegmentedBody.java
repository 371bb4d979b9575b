package io.sluice.sharing.files;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a range in segments and asks before each one leaves whether it still may. The first segment is read when the
 * body is made, so that a missing object, a withdrawn key or damaged bytes become an error status and not a broken
 * answer.
 */
final class SegmentedBody implements GatewayBody {
    /** As long as a sealed segment: smaller pieces cost calls, larger ones let more out after a revocation. */
    static final int SEGMENT_BYTES = 64 * 1024;

    private final InputStream source;
    private final Runnable check;
    private final LongConsumer onClose;
    private long unread;
    private long given;
    private byte @Nullable [] ahead;
    private boolean isClosed;

    private SegmentedBody(InputStream source, long length, Runnable check, LongConsumer onClose) {
        this.source = source;
        this.unread = length;
        this.check = check;
        this.onClose = onClose;
    }

    /**
     * @param source is closed with the body, also if this call fails
     * @param check throws when nothing more may be given
     * @param onClose is told once how many bytes were given
     */
    static SegmentedBody begin(InputStream source, long length, Runnable check, LongConsumer onClose)
            throws IOException {
        SegmentedBody body = new SegmentedBody(source, length, check, onClose);
        try {
            body.ahead = body.read();
            return body;
        } catch (IOException | RuntimeException e) {
            source.close();
            throw e;
        }
    }

    @Override
    public synchronized Optional<byte[]> next() throws IOException {
        if (isClosed) throw new IOException("closed");
        byte[] segment = ahead != null ? ahead : read();
        ahead = null;
        if (segment.length == 0) return Optional.empty();
        check.run(); // last of all, so that nothing read before a revocation leaves after it
        given += segment.length;
        return Optional.of(segment);
    }

    private byte[] read() throws IOException {
        int wanted = (int) Math.min(SEGMENT_BYTES, unread);
        byte[] segment = source.readNBytes(wanted);
        if (segment.length < wanted)
            throw new IOException("the object ends " + (unread - segment.length) + " bytes too early");
        unread -= wanted;
        return segment;
    }

    @Override
    public synchronized void close() {
        if (isClosed) return;
        isClosed = true;
        try {
            source.close();
        } catch (IOException e) {
            // The reader is gone and the store's answer of no more use; there is nobody to tell.
        }
        onClose.accept(given);
    }
}
