package io.sluice.catalog.store;

import org.jspecify.annotations.Nullable;

/**
 * Where a write comes from, for the audit log.
 *
 * @param sourceIpAddress and {@code userAgent}: null for what no request asked for
 */
public record Origin(
        String requestId,
        @Nullable String sourceIpAddress,
        @Nullable String userAgent) {
    /** A caller chooses it, so it is cut off: enough to tell programs and their versions apart. */
    private static final int MOST_AGENT = 500;

    public Origin {
        if (userAgent != null && userAgent.length() > MOST_AGENT) userAgent = userAgent.substring(0, MOST_AGENT);
    }

    /** The program itself, in this role. */
    public static Origin internal(String role) {
        return new Origin(role, null, null);
    }
}
