package io.sluice.catalog.snapshot;

/**
 * The order in which both databases sort names: by their UTF-8 bytes, which is the order of code points. Java's own order
 * is that of UTF-16, which puts characters beyond the first 65,536 before some that come after them.
 */
final class NameOrder {
    private NameOrder() {}

    static int compare(String one, String other) {
        int common = Math.min(one.length(), other.length());
        for (int i = 0; i < common; i++) {
            char a = one.charAt(i);
            char b = other.charAt(i);
            if (a == b) continue;
            boolean isSurrogate = Character.isSurrogate(a);
            if (isSurrogate == Character.isSurrogate(b)) return Character.compare(a, b);
            return isSurrogate ? 1 : -1;
        }
        return Integer.compare(one.length(), other.length());
    }
}
