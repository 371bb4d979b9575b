package io.sluice.sharder.kv;

/** What one pod asks of another about a key. Never passed on: whoever is asked answers by itself. */
public sealed interface Question {
    String key();

    record Get(String key) implements Question {}

    @SuppressWarnings("ArrayRecordComponent") // nobody compares questions
    record Put(String key, byte[] value, long ttlMillis) implements Question {
        @Override
        public String toString() {
            return "Put[key=" + key + ", " + value.length + " bytes, ttlMillis=" + ttlMillis + "]";
        }
    }

    record Remove(String key) implements Question {}

    /** What the pod still holds from when it owned the key. */
    record Fetch(String key) implements Question {}
}
