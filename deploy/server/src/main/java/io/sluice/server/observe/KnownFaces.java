package io.sluice.server.observe;

import java.util.List;
import java.util.Set;

/** The faces under which requests are counted that no resource matched. */
final class KnownFaces {
    static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");
    private static final List<String> PREFIXES =
            List.of("/files/", "/ui/", "/openapi", "/delta-sharing/", "/api/2.1/unity-catalog/", "/api/1.0/");

    private KnownFaces() {}

    static String of(String path) {
        for (String prefix : PREFIXES) if (path.startsWith(prefix)) return prefix + "*";
        return "other";
    }
}
