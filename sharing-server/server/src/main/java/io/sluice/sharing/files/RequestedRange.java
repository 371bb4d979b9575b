package io.sluice.sharing.files;

import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a {@code Range} header asks of an object of known size, by RFC 9110. */
sealed interface RequestedRange {
    /** No range, or one that may be ignored: another unit, many ranges, or nonsense. */
    record Whole() implements RequestedRange {}

    record Part(long offset, long length) implements RequestedRange {
        String contentRange(long size) {
            return "bytes " + offset + "-" + (offset + length - 1) + "/" + size;
        }
    }

    /** Nothing of it lies within the object. */
    record Outside() implements RequestedRange {}

    Pattern SINGLE = Pattern.compile("bytes=\\s*(\\d*)-(\\d*)\\s*");
    BigInteger MAX = BigInteger.valueOf(Long.MAX_VALUE);

    static RequestedRange of(Optional<String> header, long size) {
        Matcher single = SINGLE.matcher(header.orElse(""));
        if (!single.matches()) return new Whole();
        String first = single.group(1);
        String last = single.group(2);
        if (first.isEmpty()) return last.isEmpty() ? new Whole() : suffix(number(last), size);
        if (last.isEmpty()) return from(number(first), size - 1, size);
        return number(last) < number(first) ? new Whole() : from(number(first), number(last), size);
    }

    private static RequestedRange suffix(long wanted, long size) {
        long length = Math.min(wanted, size);
        return length == 0 ? new Outside() : new Part(size - length, length);
    }

    private static RequestedRange from(long first, long last, long size) {
        if (first >= size) return new Outside();
        return new Part(first, Math.min(last, size - 1) - first + 1);
    }

    /** Digits beyond a long mean "far behind any end" just as well. */
    private static long number(String digits) {
        return new BigInteger(digits).min(MAX).longValueExact();
    }
}
