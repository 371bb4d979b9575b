package io.sluice.lake.store;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;

/**
 * A real store in which single requests go wrong on demand. Each fault is used up by the first request of its kind.
 */
public final class FaultyStore implements ObjectStore {
    private final ObjectStore store;
    private final Deque<PutFault> putFaults = new ArrayDeque<>();
    private final Deque<IOException> readFaults = new ArrayDeque<>();

    public FaultyStore(ObjectStore store) {
        this.store = store;
    }

    /** What happens to a conditional put. */
    @FunctionalInterface
    public interface PutFault {
        PutOutcome put(ObjectStore store, String key, Content content) throws IOException;
    }

    /** The next conditional put lands, but its answer is lost. */
    public FaultyStore loseNextAnswer() {
        return onNextPut((real, key, content) -> {
            real.putIfAbsent(key, content);
            throw new IOException("the answer was lost");
        });
    }

    /** The next conditional put is lost on its way. */
    public FaultyStore loseNextPut() {
        return onNextPut((real, key, content) -> {
            throw new IOException("the request was lost");
        });
    }

    public FaultyStore onNextPut(PutFault fault) {
        putFaults.add(fault);
        return this;
    }

    public FaultyStore failNextRead() {
        readFaults.add(new IOException("the read was lost"));
        return this;
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
        IOException fault = readFaults.poll();
        if (fault != null) throw fault;
        return store.read(key, range);
    }

    @Override
    public PutOutcome putIfAbsent(String key, Content content) throws IOException {
        PutFault fault = putFaults.poll();
        return fault == null ? store.putIfAbsent(key, content) : fault.put(store, key, content);
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
