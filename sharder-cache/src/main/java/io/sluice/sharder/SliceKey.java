package io.sluice.sharder;

import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;

/**
 * A point of the key space: 64 bits in unsigned order. The upper half is the fingerprint of a first name (a catalog),
 * the lower half that of a second (a schema), so that all that stands below one first name is one contiguous range: it
 * stays on one pod until it is too hot for one, and can still be split inside.
 *
 * <p>Two names with one fingerprint share a key. That is harmless: they then have the same owner, which serves both. A
 * key says where a thing is served, never which thing it is.
 */
public record SliceKey(long bits) implements Comparable<SliceKey> {
    /** The lowest key: what stands above all first names, the root of the metastore. */
    public static final SliceKey ROOT = new SliceKey(0);

    /**
     * The key of a thing named by one or two parts. A single part gets the lowest key of its range, so that a catalog's
     * own row sits in front of its schemas.
     */
    public static SliceKey of(String... parts) {
        return switch (parts.length) {
            case 1 -> new SliceKey(fingerprint(parts[0]) << 32);
            case 2 -> new SliceKey(fingerprint(parts[0]) << 32 | fingerprint(parts[1]));
            default ->
                throw new IllegalArgumentException("a key is made of one or two parts, not of " + parts.length
                        + ". Use SliceKey.ROOT for what stands above all parts.");
        };
    }

    /** The inverse of {@link #toString}. */
    public static SliceKey parse(String hex) {
        if (hex.length() != 16) throw new IllegalArgumentException("\"" + hex + "\" is not a key of 16 hex digits");
        return new SliceKey(Long.parseUnsignedLong(hex, 16));
    }

    // The upper half of Dicer's fingerprint: stable across versions and machines, spread evenly.
    private static long fingerprint(String part) {
        return Hashing.farmHashFingerprint64()
                        .hashString(part, StandardCharsets.UTF_8)
                        .asLong()
                >>> 32;
    }

    @Override
    public int compareTo(SliceKey other) {
        return Long.compareUnsigned(bits, other.bits);
    }

    /** 16 hex digits, so that text sorts as the keys do. */
    @Override
    public String toString() {
        return "%016x".formatted(bits);
    }
}
