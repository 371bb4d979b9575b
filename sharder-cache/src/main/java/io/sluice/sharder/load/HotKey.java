package io.sluice.sharder.load;

import io.sluice.sharder.SliceKey;

/**
 * One key that stands out.
 *
 * @param atLeast units per second that it surely had
 * @param atMost units per second that it can have had
 * @param writesPerSecond how much of it were writes
 */
public record HotKey(SliceKey key, double atLeast, double atMost, double writesPerSecond) {
    public HotKey {
        if (!(0 <= atLeast && atLeast <= atMost))
            throw new IllegalArgumentException(
                    "bounds of key %s are out of order: %s to %s".formatted(key, atLeast, atMost));
    }
}
