package io.sluice.server.launch;

import io.sluice.model.failure.Failure;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * {@code start --config FILE [--until-input-ends]}: a production start from a file of our own keys. Everything is looked at before anything
 * starts, and all that is wrong is told at once: nobody should have to start ten times to learn ten things.
 */
public final class StartFile implements Launch {
    /** What only steers the framework, or was only needed for the examination, is no part of {@link SluiceConfig}. */
    private static final List<String> NOT_OURS = List.of("sluice.http.", "sluice.management.", "sluice.keys.");

    private static final String UNTIL_INPUT_ENDS = "--until-input-ends";

    private final Map<String, String> values;
    private final boolean endsWithInput;

    private StartFile(Map<String, String> values, boolean endsWithInput) {
        this.values = values;
        this.endsWithInput = endsWithInput;
    }

    static StartFile parse(Deque<String> rest) {
        boolean endsWithInput = rest.removeLastOccurrence(UNTIL_INPUT_ENDS);
        if (rest.size() != 2 || !rest.pop().equals("--config"))
            throw Failure.invalid("A start needs its configuration and nothing else. Use: start --config FILE.");
        Path file = Path.of(rest.pop());
        Lines lines = read(file);
        Map<String, String> values = new TreeMap<>();
        lines.forEach(
                (key, value) -> values.put(key.toString(), value.toString().trim()));
        List<String> complaints = new ArrayList<>(StartExamination.complaintsAbout(file, values));
        for (String key : lines.repeated) complaints.add("%s stands there more than once.".formatted(key));
        if (!complaints.isEmpty())
            throw Failure.invalid(
                    "%s does not describe a whole installation:%n  - %s", file, String.join("\n  - ", complaints));
        return new StartFile(values, endsWithInput);
    }

    private static Lines read(Path file) {
        Lines lines = new Lines();
        try (Reader reader = Files.newBufferedReader(file)) {
            lines.load(reader);
            return lines;
        } catch (IOException | IllegalArgumentException e) {
            throw Failure.invalid("The configuration %s cannot be read.", file);
        }
    }

    /** Of two lines for one key the last one would win without a word. */
    private static final class Lines extends Properties {
        private final transient Set<String> repeated = new TreeSet<>();

        @Override
        public synchronized Object put(Object key, Object value) {
            Object before = super.put(key, value);
            if (before != null) repeated.add(key.toString());
            return before;
        }
    }

    private boolean isOn(String key) {
        return Boolean.parseBoolean(values.getOrDefault(key, "false"));
    }

    private String value(String key) {
        return Optional.ofNullable(values.get(key)).orElseThrow();
    }

    @Override
    public Path data() {
        return Path.of(value("sluice.data")).toAbsolutePath().normalize();
    }

    @Override
    public int port() {
        return Integer.parseInt(value("sluice.http.port"));
    }

    @Override
    public int managementPort() {
        return Integer.parseInt(value("sluice.management.port"));
    }

    @Override
    public boolean endsWithInput() {
        return endsWithInput;
    }

    @Override
    public Map<String, String> settings() {
        Map<String, String> settings = new TreeMap<>(values);
        settings.keySet().removeIf(StartFile::isNotOurs);
        settings.put("sluice.data", data().toString());
        settings.put("sluice.demo", "false");
        addHttp(settings);
        return settings;
    }

    private static boolean isNotOurs(String key) {
        return !key.equals(StartKeys.TRUSTED_PROXIES) && NOT_OURS.stream().anyMatch(key::startsWith);
    }

    private void addHttp(Map<String, String> settings) {
        settings.put("quarkus.http.host", values.getOrDefault("sluice.http.host", "127.0.0.1"));
        settings.put("quarkus.management.host", values.getOrDefault("sluice.management.host", "127.0.0.1"));
        settings.put("quarkus.management.port", value("sluice.management.port"));
        if (isOn("sluice.http.behind-proxy")) settings.put("quarkus.http.proxy.proxy-address-forwarding", "true");
        boolean isTls = values.containsKey("sluice.http.tls.certificate");
        settings.put(isTls ? "quarkus.http.ssl-port" : "quarkus.http.port", value("sluice.http.port"));
        if (!isTls) return;
        settings.put("quarkus.http.ssl.certificate.files", value("sluice.http.tls.certificate"));
        settings.put("quarkus.http.ssl.certificate.key-files", value("sluice.http.tls.key"));
        settings.put("quarkus.http.insecure-requests", "disabled");
    }
}
