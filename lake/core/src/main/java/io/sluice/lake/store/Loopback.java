package io.sluice.lake.store;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Services on this machine, which no proxy stands before, whatever the environment says. */
final class Loopback {
    private static final Set<String> HOSTS = Set.of("localhost", "127.0.0.1", "[::1]");

    private Loopback() {}

    static boolean isHost(@Nullable String host) {
        return host != null && HOSTS.contains(host);
    }
}
