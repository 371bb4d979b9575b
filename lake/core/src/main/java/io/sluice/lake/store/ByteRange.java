package io.sluice.lake.store;

/** {@code length} bytes from {@code offset}; {@link #ALL} for a whole object. */
public record ByteRange(long offset, long length) {
    public static final ByteRange ALL = new ByteRange(0, Long.MAX_VALUE);

    public ByteRange {
        if (offset < 0 || length < 0) throw new IllegalArgumentException("range " + offset + "+" + length);
    }

    public static ByteRange of(long offset, long length) {
        return new ByteRange(offset, length);
    }

    public static ByteRange from(long offset) {
        return new ByteRange(offset, Long.MAX_VALUE);
    }
}
