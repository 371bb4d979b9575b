package io.sluice.lake.store;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.Optional;

/** A folder of a store as a store of its own. Nothing outside of the folder can be named through it. */
public final class PrefixedStore implements ObjectStore {
    private final ObjectStore store;
    private final String folder;

    private PrefixedStore(ObjectStore store, String folder) {
        this.store = store;
        this.folder = folder;
    }

    /** The folder {@code folder} of {@code store}; the store itself if that is empty. */
    public static ObjectStore below(ObjectStore store, String folder) {
        return folder.isEmpty() ? store : new PrefixedStore(store, ObjectKeys.check(folder) + "/");
    }

    @Override
    public URI root() {
        return URI.create(store.root()
                + ObjectKeys.uri(null, null, "/" + folder.substring(0, folder.length() - 1))
                        .toString());
    }

    @Override
    public Iterator<ObjectInfo> list(String prefix, String after) throws IOException {
        String outerAfter = after.isEmpty() ? "" : folder + after;
        return Iterators.map(store.list(folder + ObjectKeys.checkPrefix(prefix), outerAfter), this::inner);
    }

    @Override
    public Optional<ObjectInfo> head(String key) throws IOException {
        return store.head(outer(key)).map(this::inner);
    }

    @Override
    public InputStream read(String key, ByteRange range) throws IOException {
        return store.read(outer(key), range);
    }

    @Override
    public PutOutcome putIfAbsent(String key, Content content) throws IOException {
        return store.putIfAbsent(outer(key), content);
    }

    @Override
    public void put(String key, Content content) throws IOException {
        store.put(outer(key), content);
    }

    @Override
    public void copy(String from, String to) throws IOException {
        store.copy(outer(from), outer(to));
    }

    @Override
    public boolean copyFrom(ObjectStore other, String from, String to) throws IOException {
        return store.copyFrom(other, from, outer(to));
    }

    @Override
    public Optional<ServiceObject> onService(String key) {
        return store.onService(outer(key));
    }

    @Override
    public void delete(String key) throws IOException {
        store.delete(outer(key));
    }

    @Override
    public Optional<UrlSigner> signer(Instant now, Duration life) throws IOException {
        return store.signer(now, life).map(signer -> signer.below(folder.substring(0, folder.length() - 1)));
    }

    private String outer(String key) {
        return folder + ObjectKeys.check(key);
    }

    private ObjectInfo inner(ObjectInfo info) {
        return new ObjectInfo(info.key().substring(folder.length()), info.length(), info.modified());
    }
}
