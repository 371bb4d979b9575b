package io.sluice.server.launch;

import io.sluice.model.failure.Failure;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Map;

/** How the program was asked to start. */
public interface Launch {
    Path data();

    /** 0 takes a free one. */
    int port();

    /** 0 takes a free one. */
    int managementPort();

    /** What was asked for, in the keys of {@link SluiceConfig} and in those of the framework. */
    Map<String, String> settings();

    /** Whether to end with the standard input: then a supervisor that is killed leaves no process behind. */
    default boolean endsWithInput() {
        return false;
    }

    static Launch parse(String... args) {
        Deque<String> rest = new ArrayDeque<>(Arrays.asList(args));
        String verb = rest.isEmpty() ? "dev" : rest.pop();
        return switch (verb) {
            case "dev" -> LaunchOptions.parse(rest);
            case "start" -> StartFile.parse(rest);
            default -> throw Failure.invalid("\"%s\" is not a way to start. Use \"dev\" or \"start\".", verb);
        };
    }
}
