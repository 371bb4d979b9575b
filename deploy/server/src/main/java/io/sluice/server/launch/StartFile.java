package io.sluice.server.launch;

import io.sluice.model.failure.Failure;
import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * {@code start --config FILE}: a production start from a file of our own keys. Everything is looked at before anything
 * starts, and all that is wrong is told at once: nobody should have to start ten times to learn ten things.
 */
public final class StartFile implements Launch {
    private static final Set<String> KNOWN = Set.of(
            "sluice.data",
            "sluice.store",
            "sluice.public-url",
            "sluice.http.host",
            "sluice.http.port",
            "sluice.http.behind-proxy",
            "sluice.http.tls.certificate",
            "sluice.http.tls.key",
            "sluice.management.host",
            "sluice.management.port",
            "sluice.admin.token-file",
            "sluice.keys.service");
    private static final Pattern STORE = Pattern.compile(
            "sluice\\.stores\\.([a-z0-9-]+)\\.(root|cloud|region|endpoint|path-style|credentials-file)");
    private static final int SHORTEST_TOKEN = 32;

    private final Map<String, String> values;
    private final List<String> complaints = new ArrayList<>();

    private StartFile(Map<String, String> values) {
        this.values = values;
    }

    static StartFile parse(Deque<String> rest) {
        if (rest.size() != 2 || !rest.pop().equals("--config"))
            throw Failure.invalid("A start needs its configuration and nothing else. Use: start --config FILE.");
        Path file = Path.of(rest.pop());
        StartFile start = new StartFile(read(file));
        start.validate();
        if (!start.complaints.isEmpty())
            throw Failure.invalid(
                    "%s does not describe a whole installation:%n%s",
                    file, start.complaints.stream().map(line -> "  - " + line).collect(Collectors.joining("\n")));
        return start;
    }

    private static Map<String, String> read(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw Failure.invalid("The configuration %s cannot be read.", file);
        }
        Map<String, String> values = new TreeMap<>();
        properties.forEach(
                (key, value) -> values.put(key.toString(), value.toString().trim()));
        return values;
    }

    private void validate() {
        for (String key : values.keySet())
            if (!KNOWN.contains(key) && !STORE.matcher(key).matches()) complain("%s is not a key. %s", key, meant(key));
        required("sluice.data", "the folder for what is kept beside the database");
        validateStore();
        validateAddress();
        validateToken();
        validateKeys();
        validateStores();
    }

    private void validateStore() {
        String store = required("sluice.store", "a postgresql:// URL, or sqlite:FILE for a single process");
        if (store != null && !store.startsWith("postgresql://") && !store.startsWith("sqlite:"))
            complain("sluice.store is \"%s\". Write a postgresql:// URL or sqlite:FILE.", store);
    }

    private void validateAddress() {
        requirePort("sluice.http.port");
        requirePort("sluice.management.port");
        String url =
                required("sluice.public-url", "how recipients reach this server, as in https://sluice.example.org");
        if (url != null && !isHttp(url))
            complain("sluice.public-url is \"%s\". Write an http:// or https:// URL.", url);
        boolean hasCertificate = values.containsKey("sluice.http.tls.certificate");
        if (hasCertificate != values.containsKey("sluice.http.tls.key"))
            complain("sluice.http.tls.certificate and sluice.http.tls.key come together; one of them is missing.");
        readable("sluice.http.tls.certificate");
        secret("sluice.http.tls.key");
        boolean isLoopback = Set.of("127.0.0.1", "::1", "localhost").contains(host());
        if (!isLoopback && !hasCertificate && !isOn("sluice.http.behind-proxy"))
            complain(
                    "sluice.http.host is %s, which others can reach, and nothing encrypts. Set sluice.http.tls.certificate"
                            + " and .key, or sluice.http.behind-proxy=true where a proxy does it.",
                    host());
    }

    private void validateToken() {
        if (required("sluice.admin.token-file", "a file that only you can read, with the admin's token") == null)
            return;
        Path file = secret("sluice.admin.token-file");
        if (file == null) return;
        try {
            if (Files.readString(file).trim().length() < SHORTEST_TOKEN)
                complain("The token in %s has less than %d letters.", file, SHORTEST_TOKEN);
        } catch (IOException e) {
            complain("sluice.admin.token-file: %s cannot be read.", file);
        }
    }

    private void validateKeys() {
        String service = required("sluice.keys.service", "where master keys are kept; local keeps them in sluice.data");
        if (service != null && !service.equals("local"))
            complain("sluice.keys.service is \"%s\". This version serves local only.", service);
    }

    private void validateStores() {
        Set<String> names = storeNames();
        if (names.isEmpty())
            complain("sluice.stores.NAME.root is missing. Name at least one object store, with .cloud and .region.");
        for (String name : names) {
            String prefix = "sluice.stores." + name + ".";
            String root = required(prefix + "root", "s3://bucket/prefix or file:///folder");
            required(prefix + "cloud", "as in aws");
            required(prefix + "region", "as in eu-west-1");
            if (root != null && !root.startsWith("s3://") && !root.startsWith("file:/"))
                complain("%sroot is \"%s\". Write s3://bucket/prefix or file:///folder.", prefix, root);
            secret(prefix + "credentials-file");
        }
    }

    private Set<String> storeNames() {
        return values.keySet().stream()
                .map(STORE::matcher)
                .filter(Matcher::matches)
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private @Nullable String required(String key, String what) {
        String value = values.get(key);
        if (value != null && !value.isEmpty()) return value;
        complain("%s is missing: %s.", key, what);
        return null;
    }

    private void requirePort(String key) {
        String value = required(key, "a port");
        if (value == null) return;
        try {
            int port = Integer.parseInt(value);
            if (port > 0 && port <= 65_535) return;
        } catch (NumberFormatException e) {
            // told below, together with numbers out of range
        }
        complain("%s is \"%s\". Write a port between 1 and 65535.", key, value);
    }

    private void readable(String key) {
        String value = values.get(key);
        if (value != null && !Files.isReadable(Path.of(value))) complain("%s: %s cannot be read.", key, value);
    }

    /** A file that nobody else may read. */
    private @Nullable Path secret(String key) {
        String value = values.get(key);
        if (value == null) return null;
        Path file = Path.of(value);
        readable(key);
        if (!Files.isReadable(file)) return null;
        try {
            Set<PosixFilePermission> rights = Files.getPosixFilePermissions(file);
            if (rights.contains(PosixFilePermission.GROUP_READ) || rights.contains(PosixFilePermission.OTHERS_READ))
                complain("%s: %s can be read by others. Run chmod 600 on it.", key, value);
        } catch (IOException | UnsupportedOperationException e) {
            complain("%s: the rights of %s cannot be read.", key, value);
        }
        return file;
    }

    private void complain(String format, Object... args) {
        complaints.add(format.formatted(args));
    }

    /** The key that was probably meant: the one with the most letters in common at its beginning and end. */
    private static String meant(String key) {
        return KNOWN.stream()
                .max(Comparator.comparingInt(known -> likeness(known, key)))
                .map(known -> "Did you mean " + known + "?")
                .orElse("");
    }

    private static int likeness(String a, String b) {
        int shorter = Math.min(a.length(), b.length());
        int front = 0;
        while (front < shorter && a.charAt(front) == b.charAt(front)) front++;
        int back = 0;
        while (back < shorter - front && a.charAt(a.length() - 1 - back) == b.charAt(b.length() - 1 - back)) back++;
        return 2 * (front + back) - Math.abs(a.length() - b.length());
    }

    private static boolean isHttp(String url) {
        try {
            URI uri = URI.create(url);
            return uri.getHost() != null && Set.of("http", "https").contains(uri.getScheme());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private boolean isOn(String key) {
        return Boolean.parseBoolean(values.getOrDefault(key, "false"));
    }

    private String host() {
        return values.getOrDefault("sluice.http.host", "127.0.0.1");
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
    public void publish() {
        values.forEach((key, value) -> {
            // What only steers the framework is no part of our own configuration.
            if (!key.matches("sluice\\.(http|management|keys)\\..*")) System.setProperty(key, value);
        });
        System.setProperty("sluice.data", data().toString());
        System.setProperty("sluice.demo", "false");
        System.setProperty("quarkus.http.host", host());
        boolean isTls = values.containsKey("sluice.http.tls.certificate");
        System.setProperty(isTls ? "quarkus.http.ssl-port" : "quarkus.http.port", value("sluice.http.port"));
        System.setProperty("quarkus.management.host", values.getOrDefault("sluice.management.host", "127.0.0.1"));
        System.setProperty("quarkus.management.port", value("sluice.management.port"));
        if (isOn("sluice.http.behind-proxy")) System.setProperty("quarkus.http.proxy.proxy-address-forwarding", "true");
        if (!isTls) return;
        System.setProperty("quarkus.http.ssl.certificate.files", value("sluice.http.tls.certificate"));
        System.setProperty("quarkus.http.ssl.certificate.key-files", value("sluice.http.tls.key"));
        System.setProperty("quarkus.http.insecure-requests", "disabled");
    }
}
