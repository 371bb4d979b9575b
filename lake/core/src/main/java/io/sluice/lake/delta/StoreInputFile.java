package io.sluice.lake.delta;

import io.delta.kernel.defaults.engine.fileio.InputFile;
import io.delta.kernel.defaults.engine.fileio.SeekableInputStream;
import io.sluice.lake.store.ByteRange;
import io.sluice.lake.store.ObjectNotFoundException;
import io.sluice.lake.store.ObjectStore;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** An object that kernel reads at any position. */
final class StoreInputFile implements InputFile {
    private final ObjectStore store;
    private final String path;
    private final String key;
    private final long knownLength;

    /**
     * @param knownLength the object's length, or nothing above zero where kernel does not know it
     */
    StoreInputFile(ObjectStore store, String path, String key, long knownLength) {
        this.store = store;
        this.path = path;
        this.key = key;
        this.knownLength = knownLength;
    }

    @Override
    public long length() throws IOException {
        if (knownLength > 0) return knownLength;
        return store.head(key)
                .orElseThrow(() -> new FileNotFoundException(path))
                .length();
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public SeekableInputStream newStream() {
        return new Blocks(knownLength > 0 ? knownLength : Long.MAX_VALUE);
    }

    /**
     * Reads ahead in blocks, so that a footer and its neighbours cost one request. A small object is one block. The
     * end of an object of unknown length is where a block comes back short.
     */
    private final class Blocks extends SeekableInputStream {
        private static final int WHOLE_BYTES = 4 << 20;
        private static final int BLOCK_BYTES = 1 << 20;

        private long end;
        private long position;
        private byte[] block = new byte[0];
        private long blockStart;

        Blocks(long end) {
            this.end = end;
        }

        @Override
        public long getPos() {
            return position;
        }

        @Override
        public void seek(long newPosition) {
            position = newPosition;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            Objects.checkFromIndexSize(offset, length, buffer.length);
            if (length == 0) return 0;
            if (!inBlock() && (position >= end || !fetch(length))) return -1;
            int at = (int) (position - blockStart);
            int count = Math.min(length, block.length - at);
            System.arraycopy(block, at, buffer, offset, count);
            position += count;
            return count;
        }

        @Override
        public void readFully(byte[] buffer, int offset, int length) throws IOException {
            for (int done = 0; done < length; ) {
                int read = read(buffer, offset + done, length - done);
                if (read < 0) throw new EOFException(path + " ends at " + position);
                done += read;
            }
        }

        private boolean inBlock() {
            return position >= blockStart && position < blockStart + block.length;
        }

        private boolean fetch(int wanted) throws IOException {
            long start = end <= WHOLE_BYTES ? 0 : Math.min(position, Math.max(0, end - BLOCK_BYTES));
            long length = end <= WHOLE_BYTES ? end : Math.min(end - start, Math.max(wanted, BLOCK_BYTES));
            try (InputStream in = store.read(key, ByteRange.of(start, length))) {
                block = in.readAllBytes();
                blockStart = start;
            } catch (ObjectNotFoundException e) {
                throw StoreFileIO.notFound(path, e);
            }
            if (block.length < length) end = start + block.length;
            return inBlock();
        }
    }
}
