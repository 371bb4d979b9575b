package io.sluice.cli.setting;

import io.sluice.cli.exit.CommandFailure;
import java.net.URI;
import java.util.regex.Pattern;

/** A server and the token for it, kept under a name. */
public record Profile(String name, URI server, String token) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.@-]{0,63}");

    /** Names become names of files. */
    public static String requireName(String name) {
        if (!isName(name))
            throw CommandFailure.usage(
                    "\"%s\" is not a profile's name. Use letters, digits, '_', '.', '@' and '-', 64 at most.", name);
        return name;
    }

    static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

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
