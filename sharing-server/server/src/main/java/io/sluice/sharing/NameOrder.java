package io.sluice.sharing;

import java.util.Comparator;

/** The order of names in lists: by code points, as databases sort them. Java's own order puts some of them elsewhere. */
public final class NameOrder {
    public static final Comparator<String> BY_CODE_POINTS = NameOrder::compare;

    private NameOrder() {}

    private static int compare(String one, String other) {
        int common = Math.min(one.length(), other.length());
        for (int i = 0; i < common; i++) {
            char a = one.charAt(i);
            char b = other.charAt(i);
            if (a == b) continue;
            // Within a pair of surrogates that begins alike, the second halves decide.
            return Character.isSurrogate(a) == Character.isSurrogate(b)
                    ? Character.compare(a, b)
                    : Boolean.compare(Character.isSurrogate(a), Character.isSurrogate(b));
        }
        return Integer.compare(one.length(), other.length());
    }
}
