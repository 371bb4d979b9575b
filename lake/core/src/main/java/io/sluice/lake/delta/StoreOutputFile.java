package io.sluice.lake.delta;

import io.delta.kernel.defaults.engine.fileio.OutputFile;
import io.delta.kernel.defaults.engine.fileio.PositionOutputStream;
import io.delta.kernel.utils.CloseableIterator;
import io.sluice.lake.store.Content;
import io.sluice.lake.store.ObjectStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * An object that kernel writes. Collected in memory and put in one piece: what belongs to a sealed table must never
 * touch a disk as plain text.
 */
final class StoreOutputFile implements OutputFile {
    private final ObjectStore store;
    private final String path;

    StoreOutputFile(ObjectStore store, String path) {
        this.store = store;
        this.path = path;
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public PositionOutputStream create(boolean atomicWrite) {
        return new Collector();
    }

    @Override
    public void writeAtomically(CloseableIterator<String> data, boolean overwrite) throws IOException {
        var text = new ByteArrayOutputStream();
        try (data) {
            while (data.hasNext()) {
                text.writeBytes(data.next().getBytes(StandardCharsets.UTF_8));
                text.write('\n');
            }
        }
        StoreFileIO.write(store, path, Content.of(text.toByteArray()), overwrite);
    }

    private final class Collector extends PositionOutputStream {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private boolean closed;

        @Override
        public long getPos() {
            return bytes.size();
        }

        @Override
        public void write(int value) {
            bytes.write(value);
        }

        @Override
        public void write(byte[] buffer, int offset, int length) {
            bytes.write(buffer, offset, length);
        }

        @Override
        public void close() throws IOException {
            if (closed) return;
            closed = true;
            StoreFileIO.write(store, path, Content.of(bytes.toByteArray()), true);
        }
    }
}
