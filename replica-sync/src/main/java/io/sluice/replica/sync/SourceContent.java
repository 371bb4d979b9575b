package io.sluice.replica.sync;

import io.sluice.lake.store.ByteRange;
import io.sluice.lake.store.Content;
import io.sluice.lake.store.ObjectNotFoundException;
import io.sluice.lake.store.ObjectStore;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32C;

/** A source object as the content of a put. Streams: what it holds in memory is the reader's buffer. */
final class SourceContent implements Content {
    private final ObjectStore source;
    private final String key;
    private final long length;
    private final AtomicBoolean gone = new AtomicBoolean();
    private final AtomicLong crc32c = new AtomicLong();

    SourceContent(ObjectStore source, String key, long length) {
        this.source = source;
        this.key = key;
        this.length = length;
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public InputStream open() throws IOException {
        try {
            return new Checked(source.read(key, ByteRange.of(0, length)));
        } catch (ObjectNotFoundException e) {
            gone.set(true); // a store's client may wrap what is thrown under its hands
            throw new SourceFileGoneException(key, e);
        }
    }

    boolean isGone() {
        return gone.get();
    }

    /** Of the last stream that was read to its end. */
    long crc32c() {
        return crc32c.get();
    }

    private final class Checked extends FilterInputStream {
        private final CRC32C crc = new CRC32C();

        Checked(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            int count = read(one, 0, 1);
            return count < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int count) throws IOException {
            int read = in.read(buffer, offset, count);
            if (read > 0) crc.update(buffer, offset, read);
            crc32c.set(crc.getValue());
            return read;
        }

        @Override
        public boolean markSupported() {
            return false; // a retry opens a new stream, whose bytes are counted anew
        }
    }
}
