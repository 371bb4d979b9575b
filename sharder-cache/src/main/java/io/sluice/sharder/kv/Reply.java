package io.sluice.sharder.kv;

/** What a pod answers. */
public sealed interface Reply {
    record Found(byte[] value, long ttlMillis) implements Reply {
        @Override
        public String toString() {
            return "Found[" + value.length + " bytes, ttlMillis=" + ttlMillis + "]";
        }
    }

    record Missing() implements Reply {}

    record Done() implements Reply {}

    /** The pod does not own the key or cannot be reached: nothing is known of the key, and nothing was done. */
    record NotServed() implements Reply {}
}
