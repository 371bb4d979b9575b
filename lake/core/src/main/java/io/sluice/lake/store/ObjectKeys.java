package io.sluice.lake.store;

import io.sluice.model.failure.Failure;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** What a key may look like, and the order of keys: that of their UTF-8 bytes, as every object store sorts them. */
final class ObjectKeys {
    /** Where stores keep what is not an object yet. No key may name it, no list shows it. */
    static final String WORK_FOLDER = ".sluice-tmp";

    static final Comparator<String> ORDER =
            (a, b) -> Arrays.compareUnsigned(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));

    private ObjectKeys() {}

    /** The key itself, if it is one. */
    static String check(String key) {
        if (key.isEmpty()) throw refused(key, "is empty");
        if (key.indexOf('\0') >= 0) throw refused(key.replace('\0', '?'), "has a zero character");
        for (String segment : key.split("/", -1)) checkSegment(key, segment);
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
    static String checkPrefix(String prefix) {
        int lastSlash = prefix.lastIndexOf('/');
        if (lastSlash >= 0) check(prefix.substring(0, lastSlash));
        return prefix;
    }

    private static void checkSegment(String key, String segment) {
        switch (segment) {
            case "" -> throw refused(key, "has an empty segment");
            case ".", ".." -> throw refused(key, "has a segment \"" + segment + "\"");
            case WORK_FOLDER -> throw refused(key, "names the store's own folder " + WORK_FOLDER);
            default -> {}
        }
    }

    private static Failure refused(String key, String why) {
        return Failure.invalid(
                "The object key \"%s\" %s. Use segments separated by single slashes, relative to the store's root.",
                key, why);
    }
}
