package io.sluice.sharing.provider;

import io.sluice.model.failure.Failure;
import java.net.URI;
import java.util.Set;

/** Where secrets may be sent: by https, or by http on this machine. Without a slash at the end. */
public record RemoteAddress(URI uri) {
    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

    /** @param field which holds it, for the message */
    static RemoteAddress of(String field, String text) {
        try {
            URI uri = URI.create(text.replaceAll("/+$", ""));
            boolean isPlain = uri.getRawUserInfo() == null && uri.getRawQuery() == null && uri.getRawFragment() == null;
            boolean isSafe = "https".equalsIgnoreCase(uri.getScheme())
                    || ("http".equalsIgnoreCase(uri.getScheme())
                            && THIS_MACHINE.contains(String.valueOf(uri.getHost())));
            if (isPlain && isSafe && uri.getHost() != null) return new RemoteAddress(uri);
        } catch (IllegalArgumentException e) {
            // Told below, like a URL of another kind.
        }
        throw Failure.invalid(
                "The %s of the profile must be an https:// URL without user, query and fragment; http:// is for servers"
                        + " on this machine.",
                field);
    }

    @Override
    public String toString() {
        return uri.toString();
    }
}
