package io.sluice.lake.place;

import io.sluice.model.failure.Failure;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A location in one spelling: {@code file:/x}, {@code file:///x/} and {@code FILE://localhost/x} are the same, and so
 * are {@code s3a://b/x} and {@code s3://b/x}, or {@code wasbs://c@a.blob.core.windows.net/x} and
 * {@code abfss://c@a.dfs.core.windows.net/x}. Percent-encoding is undone.
 *
 * @param bucket with Azure, the container and its account; empty for files
 */
record Location(String scheme, String bucket, List<String> segments) {
    private static final Set<String> AZURE = Set.of("abfss", "abfs", "wasbs", "wasb");
    private static final Set<String> LOCAL_HOSTS = Set.of("", "localhost");

    static Location parse(URI uri) {
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (uri.isOpaque() || uri.getQuery() != null || uri.getFragment() != null)
            throw refused(uri, "has parts that a location has not");
        String authority = uri.getAuthority() == null ? "" : uri.getAuthority();
        // Only Azure's locations have a name before the host, and there it is the container.
        if (authority.contains("@") && !AZURE.contains(scheme)) throw refused(uri, "has parts that a location has not");
        return switch (scheme) {
            case "file" -> {
                if (!LOCAL_HOSTS.contains(authority.toLowerCase(Locale.ROOT))) throw refused(uri, "names another host");
                yield new Location("file", "", segments(uri));
            }
            case "s3", "s3a" -> {
                if (authority.isEmpty()) throw refused(uri, "names no bucket");
                yield new Location("s3", authority, segments(uri));
            }
            case "gs" -> {
                if (authority.isEmpty()) throw refused(uri, "names no bucket");
                yield new Location("gs", authority, segments(uri));
            }
            case "abfss", "abfs", "wasbs", "wasb" -> {
                AzureAuthority account = AzureAuthority.find(authority)
                        .orElseThrow(() -> refused(uri, "names no container and account"));
                yield new Location("abfss", account.toString(), segments(uri));
            }
            default -> throw refused(uri, "is in no kind of store that is served here");
        };
    }

    boolean covers(Location other) {
        return scheme.equals(other.scheme)
                && bucket.equals(other.bucket)
                && other.segments.size() >= segments.size()
                && other.segments.subList(0, segments.size()).equals(segments);
    }

    /** The folder of {@code below} in this location. Requires: {@link #covers}. */
    String folderOf(Location below) {
        return String.join("/", below.segments.subList(segments.size(), below.segments.size()));
    }

    String path() {
        return String.join("/", segments);
    }

    private static List<String> segments(URI uri) {
        if (uri.getRawPath().toLowerCase(Locale.ROOT).contains("%2f")) throw refused(uri, "has an encoded slash");
        String path = uri.getPath().replaceFirst("^/+", "").replaceFirst("/+$", "");
        List<String> segments = path.isEmpty() ? List.of() : Arrays.asList(path.split("/", -1));
        for (String segment : segments) {
            if (segment.isEmpty() || segment.equals(".") || segment.equals("..") || segment.indexOf('\0') >= 0)
                throw refused(uri, "has a segment \"" + segment.replace('\0', '?') + "\"");
        }
        return List.copyOf(segments);
    }

    private static Failure refused(URI uri, String why) {
        return Failure.invalid(
                "The location %s %s. Write it as file:///folder, s3://bucket/folder, gs://bucket/folder or "
                        + "abfss://container@account.dfs.core.windows.net/folder.",
                uri, why);
    }
}
