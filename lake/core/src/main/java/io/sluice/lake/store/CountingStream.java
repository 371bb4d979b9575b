package io.sluice.lake.store;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.LongAdder;

/** Counts the bytes that are really taken from a stream. */
final class CountingStream extends FilterInputStream {
    private final LongAdder count;

    CountingStream(InputStream in, LongAdder count) {
        super(in);
        this.count = count;
    }

    @Override
    public int read() throws IOException {
        int read = in.read();
        if (read >= 0) count.increment();
        return read;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = in.read(buffer, offset, length);
        if (read > 0) count.add(read);
        return read;
    }

    @Override
    public long skip(long bytes) throws IOException {
        long skipped = in.skip(bytes);
        count.add(skipped);
        return skipped;
    }

    @Override
    public boolean markSupported() {
        return false; // Bytes read again would count twice.
    }
}
