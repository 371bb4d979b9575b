package io.sluice.lake.table;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A text inside of a larger array, which nobody may change. Empty where there is none. */
public record Utf8(byte[] bytes, int from, int length) implements Comparable<Utf8> {
    public static Utf8 of(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new Utf8(bytes, 0, bytes.length);
    }

    /** As a path: it begins with a slash, or with a scheme. */
    boolean isAbsolutePath() {
        for (int i = from; i < from + length; i++) {
            if (bytes[i] == '/') return i == from;
            if (bytes[i] == ':') return true;
        }
        return false;
    }

    public boolean isEmpty() {
        return length == 0;
    }

    /** Byte by byte, which is the order of code points. */
    @Override
    public int compareTo(Utf8 other) {
        return Arrays.compareUnsigned(bytes, from, from + length, other.bytes, other.from, other.from + other.length);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Utf8 that && compareTo(that) == 0;
    }

    @Override
    public int hashCode() {
        return toString().hashCode();
    }

    @Override
    public String toString() {
        return new String(bytes, from, length, StandardCharsets.UTF_8);
    }
}
