package io.sluice.catalog.vending;

import io.sluice.model.failure.Failure;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One folder in one store, in the one form that policies are made from and that may be compared: plain segments, with
 * percent-encoding undone. {@code file:/x}, {@code file:///x/} and {@code FILE://localhost/x} are the same folder, and
 * so are {@code s3a://b/x} and {@code s3://b/x}.
 *
 * @param container the bucket or container; empty for files
 * @param account the storage account; empty where there is none
 */
record Folder(Kind kind, String container, String account, List<String> segments) {
    private static final Pattern SHAPE = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]{0,15})://([^/]*)(/.*)?", Pattern.DOTALL);
    private static final Pattern BUCKET = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{1,220}[A-Za-z0-9]");
    private static final Pattern ON_AZURE =
            Pattern.compile("([a-z0-9$][a-z0-9-]{1,61}[a-z0-9])@([a-z0-9]{3,24})\\.dfs\\.core\\.windows\\.net");
    /** The longest key that all of the stores take. */
    private static final int MOST_BYTES = 1024;

    /** Kinds of stores, each with what its locations begin with. */
    enum Kind {
        FILE("file"),
        S3("s3"),
        AZURE("abfss"),
        GOOGLE("gs");

        private final String scheme;

        Kind(String scheme) {
            this.scheme = scheme;
        }
    }

    Folder {
        segments = List.copyOf(segments);
    }

    static Folder parse(String location) {
        // The short form of a file's URL has no authority.
        String full = location.replaceFirst("^(?i:file):/(?!/)", "file:///");
        Matcher shape = SHAPE.matcher(full);
        if (!shape.matches()) throw refused(location, "is not an absolute URL");
        String path = shape.group(3) == null ? "" : shape.group(3);
        List<String> segments = PathText.segments(location, path);
        String authority = shape.group(2);
        Folder folder =
                switch (shape.group(1).toLowerCase(Locale.ROOT)) {
                    case "file" -> local(location, authority, segments);
                    case "s3", "s3a" -> new Folder(Kind.S3, bucket(location, authority), "", segments);
                    case "gs" -> new Folder(Kind.GOOGLE, bucket(location, authority), "", segments);
                    case "abfss" -> azure(location, authority, segments);
                    default -> throw refused(location, "is in no kind of store that credentials are vended for");
                };
        if (folder.path().getBytes(StandardCharsets.UTF_8).length > MOST_BYTES)
            throw refused(location, "has a path of more than " + MOST_BYTES + " bytes");
        return folder;
    }

    /** Whether this is the other folder or lies in it, by whole segments: {@code /ab} does not lie in {@code /a}. */
    boolean isWithin(Folder other) {
        return kind == other.kind
                && container.equals(other.container)
                && account.equals(other.account)
                && segments.size() >= other.segments.size()
                && segments.subList(0, other.segments.size()).equals(other.segments);
    }

    /** Whether this is not a folder but all of a bucket. */
    boolean isWholeStore() {
        return segments.isEmpty();
    }

    /** As the store knows it: no encoding, no slash at either end. */
    String path() {
        return String.join("/", segments);
    }

    /** What the names of all objects in this folder begin with; empty for a whole bucket. */
    String prefix() {
        return isWholeStore() ? "" : path() + "/";
    }

    /** The location in its one spelling, without a slash at the end. */
    String text() {
        String authority = kind == Kind.AZURE ? container + "@" + account + ".dfs.core.windows.net" : container;
        return kind.scheme + "://" + authority + PathText.encoded(segments);
    }

    @Override
    public String toString() {
        return text();
    }

    static Failure refused(String location, String why) {
        return Failure.invalid(
                "The location \"%s\" %s. Write it as s3://bucket/folder, gs://bucket/folder,"
                        + " abfss://container@account.dfs.core.windows.net/folder or file:///folder.",
                PathText.printable(location), why);
    }

    private static Folder local(String location, String authority, List<String> segments) {
        if (!authority.isEmpty() && !authority.equalsIgnoreCase("localhost"))
            throw refused(location, "names another host");
        return new Folder(Kind.FILE, "", "", segments);
    }

    private static String bucket(String location, String authority) {
        if (!BUCKET.matcher(authority).matches()) throw refused(location, "names no bucket");
        return authority;
    }

    private static Folder azure(String location, String authority, List<String> segments) {
        Matcher parts = ON_AZURE.matcher(authority);
        if (!parts.matches()) throw refused(location, "names no container and account");
        return new Folder(Kind.AZURE, parts.group(1), parts.group(2), segments);
    }
}
