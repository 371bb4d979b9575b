package io.sluice.model.usage;

/** A number of bytes; never negative, never silently too large. */
public record ByteCount(long bytes) implements Comparable<ByteCount> {
    public static final ByteCount ZERO = new ByteCount(0);

    public ByteCount {
        if (bytes < 0) throw new IllegalArgumentException("negative byte count: " + bytes);
    }

    public static ByteCount of(long bytes) {
        return new ByteCount(bytes);
    }

    public ByteCount plus(ByteCount other) {
        return new ByteCount(Math.addExact(bytes, other.bytes));
    }

    /** Requires: not more than this. */
    public ByteCount minus(ByteCount other) {
        return new ByteCount(Math.subtractExact(bytes, other.bytes));
    }

    @Override
    public int compareTo(ByteCount other) {
        return Long.compare(bytes, other.bytes);
    }

    @Override
    public String toString() {
        return bytes + " B";
    }
}
