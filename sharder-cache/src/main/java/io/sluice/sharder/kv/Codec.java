package io.sluice.sharder.kv;

/** How values travel, and what they weigh. */
public interface Codec<V> {
    /** Bytes as they are. */
    Codec<byte[]> BYTES = new Codec<>() {
        @Override
        public byte[] encode(byte[] value) {
            return value;
        }

        @Override
        public byte[] decode(byte[] bytes) {
            return bytes;
        }

        @Override
        public int weigh(byte[] value) {
            return value.length;
        }
    };

    byte[] encode(V value);

    /** Throws IllegalArgumentException on bytes that no pod of this version would send. */
    V decode(byte[] bytes);

    /** Bytes of memory, roughly. */
    default int weigh(V value) {
        return encode(value).length;
    }
}
