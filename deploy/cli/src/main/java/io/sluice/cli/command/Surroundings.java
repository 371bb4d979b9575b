package io.sluice.cli.command;

import io.sluice.cli.exit.CommandFailure;
import io.sluice.cli.exit.Exit;
import io.sluice.cli.setting.ProfileStore;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/**
 * Everything a command may know of the process around it, so that tests can be that process.
 *
 * @param isTerminal whether a person watches standard error; only the launcher can tell, Java cannot
 * @param isTyped whether standard input is a keyboard
 */
public record Surroundings(
        Map<String, String> environment,
        ProfileStore profiles,
        BufferedReader in,
        PrintStream out,
        PrintStream err,
        boolean isTerminal,
        boolean isTyped) {

    public static Surroundings ofThisProcess() {
        Map<String, String> environment = System.getenv();
        Path home = Path.of(System.getProperty("user.home"));
        return new Surroundings(
                environment,
                ProfileStore.ofUser(environment, home),
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)),
                new PrintStream(System.out, true, StandardCharsets.UTF_8),
                new PrintStream(System.err, true, StandardCharsets.UTF_8),
                Boolean.getBoolean("sluice.terminal"),
                Boolean.parseBoolean(System.getProperty("sluice.typed", "" + (System.console() != null))));
    }

    /** One line that is never shown: typed unseen on a terminal, else the first line of standard input. */
    String readSecret(String what) {
        if (isTyped) return typedUnseen(what);
        try {
            String line = in.readLine();
            if (line == null)
                throw CommandFailure.usage(
                        "Nothing stands on standard input. Pass the %s as in: sluice login < file",
                        what.toLowerCase(Locale.ROOT));
            return line.strip();
        } catch (IOException e) {
            throw new CommandFailure(Exit.FAILURE, "Standard input cannot be read: " + e.getMessage() + ".", e);
        }
    }

    private static String typedUnseen(String what) {
        Console console = System.console();
        // Java has no console when standard output goes elsewhere, and without one what is typed would be shown.
        if (console == null)
            throw CommandFailure.usage("What you type would be seen here. Pass it from a file: sluice login < file");
        char[] typed = console.readPassword("%s: ", what);
        return typed == null ? "" : new String(typed).strip();
    }

    /** A line of progress; results never come this way. */
    void tell(String format, Object... args) {
        err.println(format.formatted(args));
    }
}
