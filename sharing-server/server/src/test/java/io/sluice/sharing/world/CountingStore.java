package io.sluice.sharing.world;

import io.sluice.lake.store.ByteRange;
import io.sluice.lake.store.Content;
import io.sluice.lake.store.ObjectInfo;
import io.sluice.lake.store.ObjectStore;
import io.sluice.lake.store.StoreDeniedException;
import io.sluice.lake.store.UrlSigner;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Counts the requests that a real store would get; can go dark, refuse and lose things, and can sign URLs. */
public final class CountingStore implements ObjectStore {
    public final AtomicLong requests = new AtomicLong();
    public volatile boolean isDark;
    public volatile boolean denies;
    public volatile boolean signs;

    private final ObjectStore store;

    public CountingStore(ObjectStore store) {
        this.store = store;
    }

    private ObjectStore asked() throws IOException {
        requests.incrementAndGet();
        if (isDark) throw new IOException("the store is dark");
        if (denies) throw new StoreDeniedException("the store refuses");
        return store;
    }

    @Override
    public URI root() {
        return store.root();
    }

    @Override
    public Iterator<ObjectInfo> list(String prefix, String after) throws IOException {
        return asked().list(prefix, after);
    }

    @Override
    public Optional<ObjectInfo> head(String key) throws IOException {
        return asked().head(key);
    }

    @Override
    public InputStream read(String key, ByteRange range) throws IOException {
        return asked().read(key, range);
    }

    @Override
    public PutOutcome putIfAbsent(String key, Content content) throws IOException {
        return asked().putIfAbsent(key, content);
    }

    @Override
    public void put(String key, Content content) throws IOException {
        asked().put(key, content);
    }

    @Override
    public void delete(String key) throws IOException {
        asked().delete(key);
    }

    @Override
    public Optional<UrlSigner> signer(Instant now, Duration life) {
        return signs ? Optional.of(new PlainUrls("https://store.example/", now.plus(life))) : Optional.empty();
    }

    private record PlainUrls(String base, Instant expiresAt) implements UrlSigner {
        @Override
        public UrlSigner below(String folder) {
            return new PlainUrls(base + folder + "/", expiresAt);
        }

        @Override
        public int longest(String key) {
            return url(key).length();
        }

        @Override
        public int write(String key, byte[] target, int offset) {
            byte[] url = url(key).getBytes(StandardCharsets.US_ASCII);
            System.arraycopy(url, 0, target, offset, url.length);
            return offset + url.length;
        }

        @Override
        public String url(String key) {
            return base + key + "?signed";
        }
    }
}
