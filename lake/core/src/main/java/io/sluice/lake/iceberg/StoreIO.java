package io.sluice.lake.iceberg;

import io.sluice.lake.iceberg.IcebergFailures.StoreTrouble;
import io.sluice.lake.store.ByteRange;
import io.sluice.lake.store.Content;
import io.sluice.lake.store.ObjectStore;
import io.sluice.lake.store.ObjectStore.PutOutcome;
import io.sluice.lake.store.ParallelReads;
import io.sluice.model.failure.Failure;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.io.PositionOutputStream;
import org.apache.iceberg.io.SeekableInputStream;

/** Iceberg's door to a table's store, for metadata: files that are read and written whole. */
final class StoreIO implements FileIO {
    /** Writers begin another manifest at eight megabytes; one far beyond that is not worth the memory it takes. */
    static final long LARGEST_FILE_BYTES = 256L << 20;

    private final transient ObjectStore store;
    private final transient TableFolder folder;
    private final transient Map<String, CompletableFuture<byte[]>> ahead = new ConcurrentHashMap<>();

    StoreIO(ObjectStore store) {
        this.store = store;
        this.folder = new TableFolder(store);
    }

    TableFolder folder() {
        return folder;
    }

    /** Begins to read files, each of which is then opened once. */
    void readAhead(Iterator<String> locations, int most) {
        while (ahead.size() < most && locations.hasNext()) {
            String key = folder.key(locations.next());
            ahead.put(key, ParallelReads.begin(store, key, ByteRange.of(0, LARGEST_FILE_BYTES + 1)));
        }
    }

    byte[] read(String key) throws IOException {
        CompletableFuture<byte[]> begun = ahead.remove(key);
        return checked(key, begun != null ? ParallelReads.await(begun) : readNow(key));
    }

    private byte[] readNow(String key) throws IOException {
        try (InputStream in = store.read(key, ByteRange.of(0, LARGEST_FILE_BYTES + 1))) {
            return in.readAllBytes();
        }
    }

    private byte[] checked(String key, byte[] bytes) {
        if (bytes.length <= LARGEST_FILE_BYTES) return bytes;
        throw Failure.tooLarge(
                "The file %s of the Iceberg table at %s is larger than %d bytes. Rewrite the table's manifests, and "
                        + "expire old snapshots.",
                key, store.root(), LARGEST_FILE_BYTES);
    }

    @Override
    public InputFile newInputFile(String location) {
        return new StoredFile(location, folder.key(location));
    }

    @Override
    public OutputFile newOutputFile(String location) {
        return new NewFile(location, folder.key(location));
    }

    @Override
    public void deleteFile(String location) {
        try {
            store.delete(folder.key(location));
        } catch (IOException e) {
            throw new StoreTrouble(e);
        }
    }

    private final class StoredFile implements InputFile {
        private final String location;
        private final String key;

        StoredFile(String location, String key) {
            this.location = location;
            this.key = key;
        }

        @Override
        public long getLength() {
            try {
                return store.head(key).map(info -> info.length()).orElse(0L);
            } catch (IOException e) {
                throw new StoreTrouble(e);
            }
        }

        @Override
        public SeekableInputStream newStream() {
            try {
                return new Bytes(read(key));
            } catch (IOException e) {
                throw new StoreTrouble(e);
            }
        }

        @Override
        public String location() {
            return location;
        }

        @Override
        public boolean exists() {
            try {
                return store.head(key).isPresent();
            } catch (IOException e) {
                throw new StoreTrouble(e);
            }
        }
    }

    private static final class Bytes extends SeekableInputStream {
        private final byte[] bytes;
        private int position;

        Bytes(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public long getPos() {
            return position;
        }

        @Override
        public void seek(long newPosition) throws IOException {
            if (newPosition < 0 || newPosition > bytes.length)
                throw new EOFException("position " + newPosition + " of " + bytes.length);
            position = (int) newPosition;
        }

        @Override
        public int read() {
            return position < bytes.length ? bytes[position++] & 0xff : -1;
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            if (length == 0) return 0;
            if (position >= bytes.length) return -1;
            int count = Math.min(length, bytes.length - position);
            System.arraycopy(bytes, position, target, offset, count);
            position += count;
            return count;
        }
    }

    private final class NewFile implements OutputFile {
        private final String location;
        private final String key;

        NewFile(String location, String key) {
            this.location = location;
            this.key = key;
        }

        @Override
        public PositionOutputStream create() {
            return new Upload(false);
        }

        @Override
        public PositionOutputStream createOrOverwrite() {
            return new Upload(true);
        }

        @Override
        public String location() {
            return location;
        }

        @Override
        public InputFile toInputFile() {
            return new StoredFile(location, key);
        }

        /** In memory until it is closed, since stores write objects whole. */
        private final class Upload extends PositionOutputStream {
            private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            private final boolean overwrites;
            private boolean isClosed;

            Upload(boolean overwrites) {
                this.overwrites = overwrites;
            }

            @Override
            public long getPos() {
                return bytes.size();
            }

            @Override
            public void write(int octet) {
                bytes.write(octet);
            }

            @Override
            public void write(byte[] source, int offset, int length) {
                bytes.write(source, offset, length);
            }

            @Override
            public void close() throws IOException {
                if (isClosed) return;
                isClosed = true;
                Content content = Content.of(bytes.toByteArray());
                if (overwrites) store.put(key, content);
                else if (store.putIfAbsent(key, content) == PutOutcome.EXISTS)
                    throw new AlreadyExistsException("%s exists already", location);
            }
        }
    }
}
