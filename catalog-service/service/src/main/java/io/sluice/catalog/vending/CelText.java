package io.sluice.catalog.vending;

/** Texts in Google's expression language (CEL). */
final class CelText {
    private CelText() {}

    /** A literal that means exactly the text, whatever is in it. */
    static String literal(String text) {
        StringBuilder literal = new StringBuilder("'");
        text.codePoints().forEach(c -> append(literal, c));
        return literal.append('\'').toString();
    }

    private static void append(StringBuilder literal, int c) {
        if (c == '\\' || c == '\'' || c == '"' || c == '`') literal.append('\\').appendCodePoint(c);
        else if (Character.isISOControl(c) || c == 0x2028 || c == 0x2029) literal.append("\\u%04x".formatted(c));
        else literal.appendCodePoint(c);
    }
}
