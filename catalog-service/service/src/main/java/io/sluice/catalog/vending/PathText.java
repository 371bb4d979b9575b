package io.sluice.catalog.vending;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * The path of a location between its text and its segments. A name has one spelling in ASCII: what may stand for itself
 * does, and only the rest is percent-encoded. Two spellings of one folder would be two locations to whoever compares
 * texts, and one to the store; that is how a grant for the one opens the other.
 */
final class PathText {
    /** What stands for itself in a segment (RFC 3986, pchar), next to letters and digits. */
    private static final String PLAIN = "-._~!$&'()*+,;=:@";

    private static final int MOST_PRINTED = 200;

    private PathText() {}

    /** @param path empty, or beginning with a slash; one slash at its end is passed over */
    static List<String> segments(String location, String path) {
        String inner = path.startsWith("/") ? path.substring(1) : path;
        if (inner.endsWith("/")) inner = inner.substring(0, inner.length() - 1);
        else if (inner.isEmpty()) return List.of();
        if (inner.isEmpty()) throw Folder.refused(location, "has an empty segment");
        return Arrays.stream(inner.split("/", -1))
                .map(raw -> checked(location, decoded(location, raw)))
                .toList();
    }

    /** A slash before each segment; empty for none. */
    static String encoded(List<String> segments) {
        StringBuilder text = new StringBuilder();
        for (String segment : segments) {
            text.append('/');
            for (byte unit : segment.getBytes(StandardCharsets.UTF_8)) {
                if (unit >= 0 && isPlain((char) unit)) text.append((char) unit);
                else text.append('%').append("%02X".formatted(unit));
            }
        }
        return text.toString();
    }

    /** For messages: short, and on one line. */
    static String printable(String text) {
        String shown = text.length() <= MOST_PRINTED ? text : text.substring(0, MOST_PRINTED) + "…";
        return shown.replaceAll("[\\p{Cntrl}\\p{Cs}\\u2028\\u2029]", "?");
    }

    private static String checked(String location, String segment) {
        if (segment.isEmpty()) throw Folder.refused(location, "has an empty segment");
        if (segment.equals(".") || segment.equals(".."))
            throw Folder.refused(location, "has a segment \"" + segment + "\"");
        if (segment.chars().anyMatch(c -> Character.isISOControl(c) || c == 0x2028 || c == 0x2029))
            throw Folder.refused(location, "has a control character");
        return segment;
    }

    private static String decoded(String location, String raw) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int at = 0; at < raw.length(); at++) {
            char c = raw.charAt(at);
            if (c == '%') {
                bytes.write(escaped(location, raw, at));
                at += 2;
            } else if (isPlain(c)) {
                bytes.write(c);
            } else if (c == '\\' || c < 0x20 || c == 0x7f) {
                throw Folder.refused(location, "has a backslash or a control character");
            } else if (c < 0x80) {
                throw Folder.refused(location, "has a character that must be written as %" + "%02X".formatted((int) c));
            } else {
                int end = at + Character.charCount(raw.codePointAt(at));
                bytes.writeBytes(utf8(location, raw.substring(at, end)));
                at = end - 1;
            }
        }
        return text(location, bytes.toByteArray());
    }

    /** One escaped byte. What it may not hide: a separator, another escape, or what needs no escape. */
    private static int escaped(String location, String raw, int at) {
        int high = at + 2 < raw.length() ? Character.digit(raw.charAt(at + 1), 16) : -1;
        int low = at + 2 < raw.length() ? Character.digit(raw.charAt(at + 2), 16) : -1;
        if (high < 0 || low < 0) throw Folder.refused(location, "has a '%' that begins no escape");
        int unit = high * 16 + low;
        if (unit == '/' || unit == '\\' || unit == '%' || unit < 0x20 || unit == 0x7f)
            throw Folder.refused(location, "has an escape that hides a separator, a control character or another escape");
        if (unit < 0x80 && isPlain((char) unit))
            throw Folder.refused(location, "has an escape for '" + (char) unit + "', which stands for itself");
        return unit;
    }

    private static byte[] utf8(String location, String text) {
        try {
            ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            return Arrays.copyOf(encoded.array(), encoded.limit());
        } catch (CharacterCodingException e) {
            throw Folder.refused(location, "has half a character");
        }
    }

    private static String text(String location, byte[] bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw Folder.refused(location, "has escapes that are not UTF-8");
        }
    }

    private static boolean isPlain(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || PLAIN.indexOf(c) >= 0;
    }
}
