package io.sluice.cli.setting;

import java.net.URI;

/** A server and the token for it, kept under a name. */
public record Profile(String name, URI server, String token) {

    /** Whether the token of this profile may be sent to that server. */
    boolean isFor(URI other) {
        return server.equals(other);
    }

    /** Leaves the token out, so that no log and no exception text ever shows it. */
    @Override
    public String toString() {
        return "profile " + name + " for " + server;
    }
}
