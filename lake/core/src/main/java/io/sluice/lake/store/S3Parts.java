package io.sluice.lake.store;

import io.sluice.model.failure.Failure;

/**
 * How large objects are cut.
 *
 * @param wholeBytes what goes in one request
 * @param partBytes of each part, unless there would be too many; one part at a time is held in memory
 * @param copyBytes what is copied by one request, and of each part of a copy, which passes no memory of ours
 */
record S3Parts(long wholeBytes, int partBytes, long copyBytes) {
    static final S3Parts DEFAULT = new S3Parts(64L << 20, 32 << 20, 1L << 30);

    private static final long MOST_PARTS = 10_000;
    private static final int LARGEST_PART_BYTES = 512 << 20;

    /** The parts' length for an object of {@code length} bytes. */
    int partBytesOf(String key, long length) {
        long needed = Math.max(partBytes, (length + MOST_PARTS - 1) / MOST_PARTS);
        if (needed > LARGEST_PART_BYTES)
            throw Failure.tooLarge(
                    "The object \"%s\" has %d bytes; S3 takes at most %d. Write smaller files.",
                    key, length, MOST_PARTS * LARGEST_PART_BYTES);
        return (int) needed;
    }
}
