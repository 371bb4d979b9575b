package io.sluice.replica.sync;

import io.sluice.lake.store.ByteRange;
import io.sluice.lake.store.Content;
import io.sluice.lake.store.ObjectInfo;
import io.sluice.lake.store.ObjectNotFoundException;
import io.sluice.lake.store.ObjectStore;
import io.sluice.lake.store.UrlSigner;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** Objects in memory: for tests that run a sync some hundred times and cannot wait for a disk each time. */
final class MemoryObjects implements ObjectStore {
    private final ConcurrentSkipListMap<String, byte[]> objects = new ConcurrentSkipListMap<>();
    private final URI root;

    MemoryObjects(String name) {
        this.root = URI.create("memory:///" + name);
    }

    MemoryObjects copy() {
        MemoryObjects copy = new MemoryObjects(root.getPath().substring(1));
        copy.objects.putAll(objects);
        return copy;
    }

    @Override
    public URI root() {
        return root;
    }

    @Override
    public Iterator<ObjectInfo> list(String prefix, String after) {
        List<ObjectInfo> found = objects.tailMap(after, false).entrySet().stream()
                .filter(object -> object.getKey().startsWith(prefix))
                .map(object -> info(object.getKey(), object.getValue()))
                .toList();
        return found.iterator();
    }

    @Override
    public Optional<ObjectInfo> head(String key) {
        return Optional.ofNullable(objects.get(key)).map(bytes -> info(key, bytes));
    }

    @Override
    public InputStream read(String key, ByteRange range) throws IOException {
        byte[] bytes = objects.get(key);
        if (bytes == null) throw new ObjectNotFoundException(key);
        int from = (int) Math.min(bytes.length, range.offset());
        return new ByteArrayInputStream(bytes, from, (int) Math.min(bytes.length - from, range.length()));
    }

    @Override
    public PutOutcome putIfAbsent(String key, Content content) throws IOException {
        byte[] bytes = bytesOf(content);
        return objects.putIfAbsent(key, bytes) == null ? PutOutcome.CREATED : PutOutcome.EXISTS;
    }

    @Override
    public void put(String key, Content content) throws IOException {
        objects.put(key, bytesOf(content));
    }

    @Override
    public void delete(String key) {
        objects.remove(key);
    }

    @Override
    public Optional<UrlSigner> signer(Instant now, Duration life) {
        return Optional.empty();
    }

    private static byte[] bytesOf(Content content) throws IOException {
        try (InputStream in = content.open()) {
            return in.readAllBytes();
        }
    }

    private static ObjectInfo info(String key, byte[] bytes) {
        return new ObjectInfo(key, bytes.length, Instant.EPOCH);
    }
}
