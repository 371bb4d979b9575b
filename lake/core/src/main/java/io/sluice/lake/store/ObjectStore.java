package io.sluice.lake.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.Optional;

/**
 * A flat space of named objects below one root. Keys use forward slashes, have no empty, {@code .} or {@code ..}
 * segment, and are relative to the root. Safe for use by many threads.
 *
 * <p>Failures: a missing object is {@link ObjectNotFoundException}; a refusal of the store is {@link
 * StoreDeniedException}; anything else that may pass by itself is a plain {@link IOException}.
 */
public interface ObjectStore {
    /** For people and logs: {@code s3://bucket/prefix} or {@code file:///folder}. Also the base that keys resolve on. */
    URI root();

    /** All objects whose key starts with {@code prefix} and is greater than {@code after}, in the order of their keys. */
    Iterator<ObjectInfo> list(String prefix, String after) throws IOException;

    Optional<ObjectInfo> head(String key) throws IOException;

    /** The bytes of a range. The caller closes the stream, possibly before its end. */
    InputStream read(String key, ByteRange range) throws IOException;

    /**
     * Writes an object that must not exist yet. Atomic: of several racing writers exactly one is told {@code CREATED}.
     * An exception means that the outcome is unknown: read the object back before deciding anything.
     */
    PutOutcome putIfAbsent(String key, Content content) throws IOException;

    /** Writes an object, replacing any that exists. Readers see the old bytes or the new, never a mixture. */
    void put(String key, Content content) throws IOException;

    /** Copies an object within the store, replacing any at the target; by the service itself where it can. */
    default void copy(String from, String to) throws IOException {
        put(ObjectKeys.check(to), ObjectContent.of(this, from));
    }

    /**
     * Copies an object of another store, replacing any at the target, without its bytes passing through here. Does
     * nothing and says {@code false} where the services cannot do that between the two.
     */
    default boolean copyFrom(ObjectStore other, String from, String to) throws IOException {
        return false;
    }

    /** The object as its service knows it. Empty where the service does not keep what readers of this store see. */
    default Optional<ServiceObject> onService(String key) {
        return Optional.empty();
    }

    /** Deletes an object; one that does not exist is deleted already. */
    void delete(String key) throws IOException;

    /**
     * What signs URLs for the objects, each good for at least {@code life} from now on, or until the store's own
     * credentials end if that is sooner. Empty where the store has no such thing, or none for its credentials. Cheap
     * to ask for again, and the same for all who ask within some minutes; it may ask for credentials once in a while.
     */
    Optional<UrlSigner> signer(Instant now, Duration life) throws IOException;

    /** A single URL of {@link #signer}. */
    default Optional<URI> presign(String key, Duration life) throws IOException {
        ObjectKeys.check(key);
        try {
            return signer(Instant.now(), life).map(signer -> URI.create(signer.url(key)));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    enum PutOutcome {
        CREATED,
        EXISTS
    }
}
