package io.sluice.lake.store;

import io.sluice.crypto.seal.ObjectIdentity;
import io.sluice.crypto.seal.ObjectSealer;
import io.sluice.crypto.seal.RangeSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.Optional;

/**
 * A store whose objects are ciphertext: everything written through it is sealed, everything read is opened, lengths
 * are those of the plain bytes. An object's name is bound into it, so a ciphertext under another name does not open.
 *
 * <p>When the key is revoked, reads, writes and open streams end in {@link io.sluice.crypto.seal.KeyRevokedException}.
 */
public final class SealedStore implements ObjectStore {
    /** Objects up to this length are fetched whole: one request instead of one for the header and one for the rest. */
    private static final long WHOLE_BYTES = 256 * 1024;

    private final ObjectStore store;
    private final ObjectSealer sealer;
    private final String subject;

    /**
     * @param subject what the objects belong to, as bound into each of them
     */
    public SealedStore(ObjectStore store, ObjectSealer sealer, String subject) {
        this.store = store;
        this.sealer = sealer;
        this.subject = subject;
    }

    @Override
    public URI root() {
        return store.root();
    }

    @Override
    public Iterator<ObjectInfo> list(String prefix, String after) throws IOException {
        return Iterators.map(store.list(prefix, after), stored -> {
            try {
                return plain(stored);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    @Override
    public Optional<ObjectInfo> head(String key) throws IOException {
        Optional<ObjectInfo> sealed = store.head(key);
        return sealed.isEmpty() ? sealed : Optional.of(plain(sealed.get()));
    }

    @Override
    public InputStream read(String key, ByteRange range) throws IOException {
        ObjectInfo sealed = store.head(key)
                .orElseThrow(
                        () -> new ObjectNotFoundException("There is no object \"" + key + "\" in " + root() + "."));
        long plainLength = plain(sealed).length();
        long offset = Math.min(range.offset(), plainLength);
        long length = Math.min(range.length(), plainLength - offset);
        // Also when nothing is wanted: an empty object of a revoked key must not open either.
        return sealer.open(identity(key), source(sealed), offset, length);
    }

    @Override
    public PutOutcome putIfAbsent(String key, Content content) throws IOException {
        return store.putIfAbsent(key, sealed(key, content));
    }

    @Override
    public void put(String key, Content content) throws IOException {
        store.put(key, sealed(key, content));
    }

    @Override
    public void delete(String key) throws IOException {
        store.delete(key);
    }

    /** Empty: a URL of the store would hand out ciphertext. */
    @Override
    public Optional<UrlSigner> signer(Instant now, Duration life) {
        return Optional.empty();
    }

    private ObjectIdentity identity(String key) {
        return new ObjectIdentity(subject, key);
    }

    private ObjectInfo plain(ObjectInfo sealed) throws IOException {
        return new ObjectInfo(sealed.key(), sealer.plainLength(sealed.length()), sealed.modified());
    }

    private Content sealed(String key, Content content) {
        return new SealedContent(sealer, identity(key), content);
    }

    private RangeSource source(ObjectInfo sealed) throws IOException {
        if (sealed.length() > WHOLE_BYTES) return new RemoteRanges(sealed);
        try (InputStream in = store.read(sealed.key(), ByteRange.ALL)) {
            return new FetchedRanges(in.readAllBytes());
        }
    }

    private final class RemoteRanges implements RangeSource {
        private final ObjectInfo sealed;

        RemoteRanges(ObjectInfo sealed) {
            this.sealed = sealed;
        }

        @Override
        public long length() {
            return sealed.length();
        }

        @Override
        public InputStream read(long offset, long length) throws IOException {
            return store.read(sealed.key(), ByteRange.of(offset, length));
        }
    }

    private record FetchedRanges(byte[] bytes) implements RangeSource {
        @Override
        public long length() {
            return bytes.length;
        }

        @Override
        public InputStream read(long offset, long length) {
            return new ByteArrayInputStream(bytes, Math.toIntExact(offset), Math.toIntExact(length));
        }
    }
}
