package io.sluice.catalog.govern;

/** Patterns as SQL's LIKE has them: {@code %} for any letters, {@code _} for one. */
final class SqlPattern {
    private SqlPattern() {}

    static boolean matches(String pattern, String text) {
        int at = 0;
        int star = -1;
        int retry = 0;
        int in = 0;
        // Going back to the last % is enough, so no pattern takes longer than the product of the lengths.
        while (in < text.length()) {
            if (at < pattern.length() && pattern.charAt(at) == '%') {
                star = at++;
                retry = in;
            } else if (at < pattern.length()
                    && (pattern.charAt(at) == '_' || sameLetter(pattern.charAt(at), text.charAt(in)))) {
                at++;
                in++;
            } else if (star >= 0) {
                at = star + 1;
                in = ++retry;
            } else return false;
        }
        while (at < pattern.length() && pattern.charAt(at) == '%') at++;
        return at == pattern.length();
    }

    private static boolean sameLetter(char a, char b) {
        return Character.toLowerCase(a) == Character.toLowerCase(b);
    }
}
