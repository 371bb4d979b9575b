package io.sluice.server.launch;

import io.sluice.model.failure.Failure;
import java.nio.file.Path;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;

/**
 * {@code dev [--data DIR] [--port N] [--management-port N] [--store URL] [--empty]}, and for a pod of a cluster the
 * system properties of {@link Pod}.
 *
 * @param port 0 takes a free one
 * @param managementPort 0 takes a free one
 */
public record LaunchOptions(Path data, int port, int managementPort, Optional<String> store, boolean isEmpty)
        implements Launch {
    private static final int DEFAULT_PORT = 8080;

    static LaunchOptions parse(Deque<String> rest) {
        Path data = Path.of("data");
        int port = DEFAULT_PORT;
        int managementPort = 0;
        Optional<String> store = Optional.empty();
        boolean isEmpty = false;
        while (!rest.isEmpty()) {
            String option = rest.pop();
            switch (option) {
                case "--data" -> data = Path.of(value(option, rest));
                case "--port" -> port = port(option, value(option, rest));
                case "--management-port" -> managementPort = port(option, value(option, rest));
                case "--store" -> store = Optional.of(value(option, rest));
                case "--empty" -> isEmpty = true;
                default ->
                    throw Failure.invalid(
                            "The option %s is not known. Known are --data DIR, --port N, --management-port N, --store"
                                    + " URL and --empty.",
                            option);
            }
        }
        return new LaunchOptions(data.toAbsolutePath().normalize(), port, managementPort, store, isEmpty);
    }

    private static String value(String option, Deque<String> rest) {
        if (rest.isEmpty()) throw Failure.invalid("The option %s needs a value.", option);
        return rest.pop();
    }

    private static int port(String option, String text) {
        try {
            int port = Integer.parseInt(text);
            if (port >= 0 && port <= 65_535) return port;
        } catch (NumberFormatException e) {
            // told below, together with numbers out of range
        }
        throw Failure.invalid("The value of %s is \"%s\". Write a port between 0 and 65535.", option, text);
    }

    @Override
    public Map<String, String> settings() {
        return Map.of(
                "sluice.data", data.toString(),
                "sluice.store", store.orElseGet(() -> "sqlite:" + data.resolve("metastore.db")),
                "sluice.demo", String.valueOf(!isEmpty),
                "quarkus.http.port", String.valueOf(port),
                "quarkus.management.port", String.valueOf(managementPort));
    }
}
