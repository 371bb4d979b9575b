package io.sluice.lake.delta;

import io.sluice.lake.store.ByteRange;
import io.sluice.lake.store.Content;
import io.sluice.lake.store.ObjectInfo;
import io.sluice.lake.store.ObjectStore;
import io.sluice.lake.store.UrlSigner;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.Optional;

/** Another store, of which a subclass does one thing differently. */
abstract class ForwardingStore implements ObjectStore {
    private final ObjectStore store;

    ForwardingStore(ObjectStore store) {
        this.store = store;
    }

    final ObjectStore store() {
        return store;
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
        return store.read(key, range);
    }

    @Override
    public PutOutcome putIfAbsent(String key, Content content) throws IOException {
        return store.putIfAbsent(key, content);
    }

    @Override
    public void put(String key, Content content) throws IOException {
        store.put(key, content);
    }

    @Override
    public void delete(String key) throws IOException {
        store.delete(key);
    }

    @Override
    public Optional<UrlSigner> signer(Instant now, Duration life) throws IOException {
        return store.signer(now, life);
    }
}
