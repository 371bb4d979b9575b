package io.sluice.catalog.rest;

import java.util.List;

/**
 * The paths that do their own authentication or need none. Everything else is closed to callers without a token.
 *
 * @param prefixes each with its leading slash
 */
public record OpenPaths(List<String> prefixes) {
    boolean covers(String path) {
        for (String prefix : prefixes) if (path.startsWith(prefix)) return true;
        return false;
    }
}
