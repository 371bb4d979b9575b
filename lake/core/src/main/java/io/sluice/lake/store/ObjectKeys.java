package io.sluice.lake.store;

import io.sluice.model.failure.Failure;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** What a key may look like, and the order of keys: that of their UTF-8 bytes, as every object store sorts them. */
public final class ObjectKeys {
    /** Where stores keep what is not an object yet. No key may name it, no list shows it. */
    static final String WORK_FOLDER = ".sluice-tmp";

    public static final Comparator<String> ORDER =
            (a, b) -> Arrays.compareUnsigned(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));

    private ObjectKeys() {}

    /** The key itself, if it is one. */
    public static String check(String key) {
        if (key.isEmpty()) throw refused(key, "is empty");
        if (key.indexOf('\0') >= 0) throw refused(key.replace('\0', '?'), "has a zero character");
        int start = 0;
        for (int slash = key.indexOf('/'); slash >= 0; slash = key.indexOf('/', start)) {
            checkSegment(key, start, slash);
            start = slash + 1;
        }
        checkSegment(key, start, key.length());
        return key;
    }

    static boolean isKey(String key) {
        try {
            check(key);
            return true;
        } catch (Failure e) {
            return false;
        }
    }

    /** A URI of plain texts: what a URI may not hold is percent-encoded. */
    static URI uri(@Nullable String scheme, @Nullable String host, String path) {
        try {
            return URI.create(new URI(scheme, host, path, null, null).toASCIIString());
        } catch (URISyntaxException e) {
            throw Failure.invalid("\"%s\" cannot be spelled as a URI: %s.", path, e.getReason());
        }
    }

    /** A prefix may end anywhere; whole segments in it obey the rules of keys. */
    public static String checkPrefix(String prefix) {
        int lastSlash = prefix.lastIndexOf('/');
        if (lastSlash >= 0) check(prefix.substring(0, lastSlash));
        return prefix;
    }

    // On the way of every URL that is signed, therefore without a string for each segment.
    private static void checkSegment(String key, int start, int end) {
        if (start == end) throw refused(key, "has an empty segment");
        if (isSegment(".", key, start, end)) throw refused(key, "has a segment \".\"");
        if (isSegment("..", key, start, end)) throw refused(key, "has a segment \"..\"");
        if (isSegment(WORK_FOLDER, key, start, end)) throw refused(key, "names the store's own folder " + WORK_FOLDER);
    }

    private static boolean isSegment(String segment, String key, int start, int end) {
        return end - start == segment.length() && key.startsWith(segment, start);
    }

    private static Failure refused(String key, String why) {
        return Failure.invalid(
                "The object key \"%s\" %s. Use segments separated by single slashes, relative to the store's root.",
                key, why);
    }
}
