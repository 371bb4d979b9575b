package io.sluice.lake.store;

import java.nio.charset.StandardCharsets;

/** Texts in URLs as signatures want them: every byte of UTF-8 that RFC 3986 does not call unreserved as {@code %XX}. */
final class PercentEncoding {
    private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);
    private static final boolean[] UNRESERVED = unreserved();

    private PercentEncoding() {}

    /** The longest that a path can become. */
    static int longest(String path) {
        return 9 * path.length(); // Three bytes of UTF-8 for one char, three characters for each.
    }

    /** Writes a path, whose slashes stay. Returns the offset behind it. */
    static int writePath(String path, byte[] target, int offset) {
        int at = offset;
        for (byte octet : path.getBytes(StandardCharsets.UTF_8)) {
            if (octet >= 0 && (UNRESERVED[octet] || octet == '/')) {
                target[at++] = octet;
            } else {
                target[at++] = '%';
                target[at++] = HEX[octet >> 4 & 0xf];
                target[at++] = HEX[octet & 0xf];
            }
        }
        return at;
    }

    static String path(String path) {
        byte[] encoded = new byte[longest(path)];
        int length = writePath(path, encoded, 0);
        return new String(encoded, 0, length, StandardCharsets.US_ASCII);
    }

    /** A name or value of a query, whose slashes are encoded too. */
    static String query(String text) {
        return path(text).replace("/", "%2F");
    }

    private static boolean[] unreserved() {
        boolean[] unreserved = new boolean[128];
        for (char c = 0; c < 128; c++)
            unreserved[c] =
                    c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || "-_.~".indexOf(c) >= 0;
        return unreserved;
    }
}
