package io.sluice.sharder.kv;

import io.sluice.sharder.Generation;

/**
 * A value as it travels.
 *
 * @param ttlMillis what is left of its time
 * @param since the ownership it was stored under
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares these, and nobody keeps them
public record Stored(byte[] value, long ttlMillis, Generation since) {
    @Override
    public String toString() {
        return value.length + " bytes for " + ttlMillis + " ms, stored under " + since;
    }
}
