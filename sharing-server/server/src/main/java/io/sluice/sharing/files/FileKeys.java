package io.sluice.sharing.files;

import io.sluice.model.failure.Failure;
import java.net.URI;
import java.net.URISyntaxException;

/** Turns the paths of a Delta log, which are percent-encoded, into keys of the table's store. */
public final class FileKeys {
    private FileKeys() {}

    /** Refuses a file outside of the table's folder: its bytes are not the table's to give away. */
    public static String key(URI location, String path) {
        if (isPlainKey(path)) return path;
        URI uri = parse(path);
        if (!uri.isAbsolute() && !path.startsWith("/")) return checked(location, uri.getPath());
        String root = location.getPath().endsWith("/") ? location.getPath() : location.getPath() + "/";
        boolean sameStore = !uri.isAbsolute() || sameStore(location, uri);
        if (!sameStore || !uri.getPath().startsWith(root)) throw outside(location, path);
        return checked(location, uri.getPath().substring(root.length()));
    }

    /** As most paths are: letters that mean themselves, and no segment that has to be looked at. */
    private static boolean isPlainKey(String path) {
        char before = '/';
        for (int i = 0; i < path.length(); i++) {
            char letter = path.charAt(i);
            boolean isName = letter >= 'a' && letter <= 'z'
                    || letter >= 'A' && letter <= 'Z'
                    || letter >= '0' && letter <= '9'
                    || letter == '_'
                    || letter == '=';
            boolean isInside = letter == '-' || letter == '.' || letter == '/';
            if (!isName && !(isInside && before != '/')) return false;
            before = letter;
        }
        return before != '/';
    }

    private static boolean sameStore(URI location, URI file) {
        return file.getScheme().equalsIgnoreCase(location.getScheme())
                && authority(location).equals(authority(file));
    }

    private static String authority(URI uri) {
        return uri.getRawAuthority() == null ? "" : uri.getRawAuthority();
    }

    private static String checked(URI location, String key) {
        for (String segment : key.split("/", -1))
            if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) throw outside(location, key);
        return key;
    }

    private static URI parse(String path) {
        try {
            return new URI(path);
        } catch (URISyntaxException e) {
            throw Failure.unsupported("The log names a file \"%s\", which is not a percent-encoded path.", path);
        }
    }

    private static Failure outside(URI location, String path) {
        return Failure.unsupported(
                "The file \"%s\" lies outside of its table's folder %s. Such tables (shallow clones) are not shared: "
                        + "make a deep clone and share that.",
                path, location);
    }
}
