package io.sluice.lake.store;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts what passes through to a store. Stands next to the store itself, inside of any encryption, so that it sees
 * the bytes of the wire. Safe for use by many threads.
 */
public final class MeteredStore implements ObjectStore {
    /** Keys in one answer to a list, on every store we know; each further page is a further request. */
    private static final int PAGE_KEYS = 1000;

    private final ObjectStore store;
    private final LongAdder lists = new LongAdder();
    private final LongAdder heads = new LongAdder();
    private final LongAdder reads = new LongAdder();
    private final LongAdder puts = new LongAdder();
    private final LongAdder deletes = new LongAdder();
    private final LongAdder readBytes = new LongAdder();
    private final LongAdder writtenBytes = new LongAdder();

    public MeteredStore(ObjectStore store) {
        this.store = store;
    }

    /** All that passed so far. While requests are under way the numbers are those of slightly different moments. */
    public StoreTraffic traffic() {
        return new StoreTraffic(
                lists.sum(), heads.sum(), reads.sum(), puts.sum(), deletes.sum(), readBytes.sum(), writtenBytes.sum());
    }

    @Override
    public URI root() {
        return store.root();
    }

    @Override
    public Iterator<ObjectInfo> list(String prefix, String after) throws IOException {
        lists.increment();
        return new Pages(store.list(prefix, after));
    }

    @Override
    public Optional<ObjectInfo> head(String key) throws IOException {
        heads.increment();
        return store.head(key);
    }

    @Override
    public InputStream read(String key, ByteRange range) throws IOException {
        reads.increment();
        return new CountingStream(store.read(key, range), readBytes);
    }

    @Override
    public PutOutcome putIfAbsent(String key, Content content) throws IOException {
        puts.increment();
        return store.putIfAbsent(key, counted(content));
    }

    @Override
    public void put(String key, Content content) throws IOException {
        puts.increment();
        store.put(key, counted(content));
    }

    @Override
    public void delete(String key) throws IOException {
        deletes.increment();
        store.delete(key);
    }

    /** Not a request: URLs are signed here. What is read by them is not seen either. */
    @Override
    public Optional<UrlSigner> signer(Instant now, Duration life) throws IOException {
        return store.signer(now, life);
    }

    private Content counted(Content content) {
        return new Content() {
            @Override
            public long length() {
                return content.length();
            }

            @Override
            public InputStream open() throws IOException {
                return new CountingStream(content.open(), writtenBytes);
            }
        };
    }

    private final class Pages implements Iterator<ObjectInfo> {
        private final Iterator<ObjectInfo> keys;
        private int taken;

        Pages(Iterator<ObjectInfo> keys) {
            this.keys = keys;
        }

        @Override
        public boolean hasNext() {
            return keys.hasNext();
        }

        @Override
        public ObjectInfo next() {
            ObjectInfo next = keys.next();
            if (taken > 0 && taken % PAGE_KEYS == 0) lists.increment();
            taken++;
            return next;
        }
    }
}
