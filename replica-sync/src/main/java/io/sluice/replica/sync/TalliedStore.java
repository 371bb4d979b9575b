package io.sluice.replica.sync;

import io.sluice.lake.store.ByteRange;
import io.sluice.lake.store.Content;
import io.sluice.lake.store.ObjectInfo;
import io.sluice.lake.store.ObjectStore;
import io.sluice.lake.store.UrlSigner;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.Optional;

/** The source as a sync reads it, log and files alike: after each buffer the tally may tell the journal. */
final class TalliedStore implements ObjectStore {
    private final ObjectStore store;
    private final UsageTally tally;

    TalliedStore(ObjectStore store, UsageTally tally) {
        this.store = store;
        this.tally = tally;
    }

    @Override
    public URI root() {
        return store.root();
    }

    @Override
    public Iterator<ObjectInfo> list(String prefix, String after) throws IOException {
        return store.list(prefix, after);
    }

    @Override
    public Optional<ObjectInfo> head(String key) throws IOException {
        return store.head(key);
    }

    @Override
    public InputStream read(String key, ByteRange range) throws IOException {
        return new TalliedStream(store.read(key, range));
    }

    @Override
    public PutOutcome putIfAbsent(String key, Content content) {
        throw writesToSource(key);
    }

    @Override
    public void put(String key, Content content) {
        throw writesToSource(key);
    }

    @Override
    public void delete(String key) {
        throw writesToSource(key);
    }

    @Override
    public Optional<UrlSigner> signer(Instant now, Duration life) {
        throw writesToSource("a URL"); // what is read by a URL passes no meter
    }

    private static IllegalStateException writesToSource(String key) {
        return new IllegalStateException("a sync only reads its source, but was about to change or hand out " + key);
    }

    private final class TalliedStream extends FilterInputStream {
        TalliedStream(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int read = in.read();
            tally.read();
            return read;
        }

        @Override
        public int read(byte[] buffer, int offset, int count) throws IOException {
            int read = in.read(buffer, offset, count);
            tally.read();
            return read;
        }

        @Override
        public long skip(long count) throws IOException {
            long skipped = in.skip(count);
            tally.read();
            return skipped;
        }
    }
}
