package io.sluice.lake.store;

import io.sluice.lake.store.TrafficMeter.Request;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.Optional;

/**
 * Counts what passes through to a store that does not count by itself, one request for each call. Stands next to the
 * store itself, inside of any encryption, so that it sees the bytes of the wire. Safe for use by many threads.
 */
public final class MeteredStore implements ObjectStore, Closeable {
    /** Keys in one answer to a list, on every store we know; each further page is a further request. */
    private static final int PAGE_KEYS = 1000;

    private final ObjectStore store;
    private final TrafficMeter meter;

    public MeteredStore(ObjectStore store) {
        this(store, new TrafficMeter());
    }

    public MeteredStore(ObjectStore store, TrafficMeter meter) {
        this.store = store;
        this.meter = meter;
    }

    /** As {@link TrafficMeter#traffic}. */
    public StoreTraffic traffic() {
        return meter.traffic();
    }

    @Override
    public void close() throws IOException {
        if (store instanceof Closeable closeable) closeable.close();
    }

    @Override
    public URI root() {
        return store.root();
    }

    @Override
    public Iterator<ObjectInfo> list(String prefix, String after) throws IOException {
        meter.count(Request.LIST);
        return new Pages(store.list(prefix, after));
    }

    @Override
    public Optional<ObjectInfo> head(String key) throws IOException {
        meter.count(Request.HEAD);
        return store.head(key);
    }

    @Override
    public InputStream read(String key, ByteRange range) throws IOException {
        meter.count(Request.READ);
        return meter.received(store.read(key, range));
    }

    @Override
    public PutOutcome putIfAbsent(String key, Content content) throws IOException {
        meter.count(Request.PUT);
        return store.putIfAbsent(key, meter.sent(content));
    }

    @Override
    public void put(String key, Content content) throws IOException {
        meter.count(Request.PUT);
        store.put(key, meter.sent(content));
    }

    @Override
    public void copy(String from, String to) throws IOException {
        meter.count(Request.PUT);
        store.copy(from, to);
    }

    @Override
    public boolean copyFrom(ObjectStore other, String from, String to) throws IOException {
        boolean isCopied = store.copyFrom(other, from, to);
        if (isCopied) meter.count(Request.PUT);
        return isCopied;
    }

    @Override
    public Optional<ServiceObject> onService(String key) {
        return store.onService(key);
    }

    @Override
    public void delete(String key) throws IOException {
        meter.count(Request.DELETE);
        store.delete(key);
    }

    /** Not a request: URLs are signed here. What is read by them is not seen either. */
    @Override
    public Optional<UrlSigner> signer(Instant now, Duration life) throws IOException {
        return store.signer(now, life);
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
            if (taken > 0 && taken % PAGE_KEYS == 0) meter.count(Request.LIST);
            taken++;
            return next;
        }
    }
}
