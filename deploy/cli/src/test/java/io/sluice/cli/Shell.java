package io.sluice.cli;

import io.sluice.cli.command.Surroundings;
import io.sluice.cli.setting.ProfileStore;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Runs command lines as a process would: with an environment, a home, and both outputs apart. */
public final class Shell {
    public record Run(int exit, String out, String err) {}

    private final ProfileStore profiles;
    private final Map<String, String> environment = new HashMap<>();
    private String input = "";

    public Shell(Path home) {
        profiles = ProfileStore.ofUser(Map.of(), home);
    }

    public Shell with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    public Shell input(String text) {
        input = text;
        return this;
    }

    public ProfileStore profiles() {
        return profiles;
    }

    public Run run(String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Surroundings surroundings = new Surroundings(
                environment,
                profiles,
                new BufferedReader(new StringReader(input)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false,
                false);
        int exit = SluiceCli.run(surroundings, args);
        return new Run(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
