package io.sluice.cli.command;

import io.sluice.cli.setting.ProfileStore;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/**
 * Everything a command may know of the process around it, so that tests can be that process.
 *
 * @param isTerminal whether a person watches standard error; only the launcher can tell, Java cannot
 */
public record Surroundings(
        Map<String, String> environment,
        ProfileStore profiles,
        BufferedReader in,
        PrintStream out,
        PrintStream err,
        boolean isTerminal) {

    public static Surroundings ofThisProcess() {
        Map<String, String> environment = System.getenv();
        Path home = Path.of(System.getProperty("user.home"));
        return new Surroundings(
                environment,
                ProfileStore.ofUser(environment, home),
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)),
                new PrintStream(System.out, true, StandardCharsets.UTF_8),
                new PrintStream(System.err, true, StandardCharsets.UTF_8),
                Boolean.getBoolean("sluice.terminal"));
    }

    /** A line of progress; results never come this way. */
    void tell(String format, Object... args) {
        err.println(format.formatted(args));
    }
}
