package io.sluice.lake.store;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * Makes URLs by which anybody may GET the objects of one store, with ranges. All of them end at the same moment, and
 * equal keys give equal URLs. Making one asks nobody, with one exception: where the key that signs lies with Google, each
 * URL takes a request, and {@link java.io.UncheckedIOException} tells that it failed. Immutable; safe for use by many
 * threads.
 */
public interface UrlSigner {
    /** No URL ends earlier, and none works later. */
    Instant expiresAt();

    /** The same for the keys of a folder, relative to it. */
    UrlSigner below(String folder);

    /** How many bytes {@link #write} needs at most for a key. */
    int longest(String key);

    /**
     * Writes the URL of an object in ASCII. Requires {@link #longest} bytes of room.
     *
     * @return the offset behind the URL
     */
    int write(String key, byte[] target, int offset);

    default String url(String key) {
        byte[] url = new byte[longest(key)];
        int end = write(key, url, 0);
        return new String(url, 0, end, StandardCharsets.ISO_8859_1);
    }
}
