package io.sluice.lake.store;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream that must give a promised number of bytes; ending sooner is an error, never a shorter object. */
final class WholeStream extends FilterInputStream {
    private final long promised;
    private long given;

    WholeStream(InputStream in, long promised) {
        super(in);
        this.promised = promised;
    }

    @Override
    public int read() throws IOException {
        int read = in.read();
        counted(read < 0 ? -1 : 1);
        return read;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        return counted(in.read(buffer, offset, length));
    }

    @Override
    public long skip(long count) throws IOException {
        long skipped = in.skip(count);
        given += skipped;
        return skipped;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private int counted(int read) throws IOException {
        if (read > 0) given += read;
        if (read < 0 && given < promised)
            throw new IOException("The content promised " + promised + " bytes and gave " + given + ".");
        return read;
    }
}
