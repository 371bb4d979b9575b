package io.sluice.server.launch;

import io.sluice.model.failure.Failure;
import io.sluice.sharing.recipient.AddressRange;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Looks at the whole of a configuration and collects everything that is missing, mistyped or in contradiction. */
final class StartExamination {
    private static final int SHORTEST_TOKEN = 32;
    private static final int MOST_SKEW_SECONDS = 120;
    private static final String LABELS = "[\\w./-]+=[\\w.-]*(,[\\w./-]+=[\\w.-]*)*";
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "::1", "localhost");

    private final Map<String, String> values;
    private final List<String> complaints = new ArrayList<>();

    private StartExamination(Map<String, String> values) {
        this.values = values;
    }

    static List<String> complaintsAbout(Path file, Map<String, String> values) {
        StartExamination examination = new StartExamination(values);
        examination.examineKeys();
        examination.required("sluice.data");
        examination.examineStore(file);
        examination.examineAddress();
        examination.examineSignIn();
        examination.examineTraces();
        examination.examineKeyService();
        examination.examineStores();
        examination.examineVending();
        examination.examinePods();
        return List.copyOf(examination.complaints);
    }

    private void examineKeys() {
        values.forEach((key, value) -> {
            if (!StartKeys.isKnown(key)) complain("%s is not a key. Did you mean %s?", key, StartKeys.nearestTo(key));
            else if (value.contains("${"))
                complain("%s holds ${…}, which is not filled in. Write the value itself.", key);
        });
    }

    private void examineStore(Path file) {
        String store = required("sluice.store");
        boolean isFile = store != null && store.startsWith("sqlite:");
        if (store != null && !isFile && !isStoreUrl(store))
            complain("sluice.store is \"%s\". Write postgresql://user@host/database or sqlite:FILE.", hidden(store));
        boolean tellsPassword = store != null && hidden(store).length() != store.length();
        if (tellsPassword && PrivateFiles.canBeReadByOthers(file))
            complain(
                    "%s holds the database's password and can be read by others. Run chmod 600 on it, or name a"
                            + " sluice.store-password-file.",
                    file);
        if (values.containsKey("sluice.store-password-file") && (isFile || tellsPassword))
            complain(
                    isFile
                            ? "sluice.store-password-file is of no use to a sqlite store. Remove it."
                            : "The password stands in sluice.store and in sluice.store-password-file. Keep one.");
        secret("sluice.store-password-file");
    }

    private void examineAddress() {
        requirePort("sluice.http.port");
        requirePort("sluice.management.port");
        if (values.containsKey("sluice.http.port")
                && values.get("sluice.http.port").equals(values.get("sluice.management.port")))
            complain("sluice.http.port and sluice.management.port are the same. Give each its own.");
        url("sluice.public-url", required("sluice.public-url"));
        flag("sluice.http.behind-proxy");
        examineProxies();
        boolean hasCertificate = values.containsKey("sluice.http.tls.certificate");
        if (hasCertificate != values.containsKey("sluice.http.tls.key"))
            complain("sluice.http.tls.certificate and sluice.http.tls.key come together; one of them is missing.");
        readable("sluice.http.tls.certificate");
        secret("sluice.http.tls.key");
        String host = values.getOrDefault("sluice.http.host", "127.0.0.1");
        if (!LOOPBACK.contains(host) && !hasCertificate && !isOn("sluice.http.behind-proxy"))
            complain(
                    "sluice.http.host is %s, which others can reach, and nothing encrypts. Set"
                            + " sluice.http.tls.certificate and .key, or sluice.http.behind-proxy=true where a proxy"
                            + " does it.",
                    host);
    }

    private void examineProxies() {
        String proxies = values.get(StartKeys.TRUSTED_PROXIES);
        if (proxies == null) return;
        try {
            for (String proxy : proxies.split(",", -1)) AddressRange.parse(proxy.trim());
        } catch (Failure e) {
            complain("%s: %s", StartKeys.TRUSTED_PROXIES, String.valueOf(e.getMessage()));
        }
    }

    /** Somebody must be able to sign in: with the admin's token, or through an issuer. */
    private void examineSignIn() {
        Set<String> issuers = StartKeys.namesBelow(StartKeys.ISSUERS, values.keySet());
        boolean hasToken = values.containsKey("sluice.admin.token-file");
        if (issuers.isEmpty() && !hasToken)
            complain(
                    "Nobody could sign in: sluice.admin.token-file is missing (%s), and so is"
                            + " sluice.auth.oidc.NAME.issuer.",
                    StartKeys.what("sluice.admin.token-file"));
        if (!issuers.isEmpty() && !hasToken) required("sluice.admin.principal");
        examineToken();
        Map<String, String> seen = new HashMap<>();
        for (String name : issuers) examineIssuer(name, seen);
    }

    private void examineToken() {
        Path file = secret("sluice.admin.token-file");
        if (file == null) return;
        try {
            if (Files.readString(file).trim().length() < SHORTEST_TOKEN)
                complain("The token in %s has less than %d letters.", file, SHORTEST_TOKEN);
        } catch (IOException e) {
            complain("sluice.admin.token-file: %s cannot be read.", file);
        }
    }

    private void examineIssuer(String name, Map<String, String> seen) {
        String prefix = StartKeys.ISSUERS + name + ".";
        String issuer = required(prefix + "issuer");
        String audience = required(prefix + "audience");
        encryptedUrl(prefix + "issuer", issuer);
        encryptedUrl(prefix + "jwks-url", values.get(prefix + "jwks-url"));
        // One issuer may vouch for several metastores, each under an audience of its own.
        String inMetastore = seen.put(issuer + " in " + values.getOrDefault(prefix + "metastore", ""), name);
        String toAudience = seen.put(issuer + " to " + audience, name);
        String other = inMetastore != null ? inMetastore : toAudience;
        if (issuer != null && other != null)
            complain(
                    "%s%s.issuer and %sissuer are the same. A token would have two meanings.",
                    StartKeys.ISSUERS, other, prefix);
        String skew = values.get(prefix + "clock-skew-seconds");
        if (skew != null && !isNumber(skew, 0, MOST_SKEW_SECONDS))
            complain("%sclock-skew-seconds is \"%s\". Write a number from 0 to %d.", prefix, skew, MOST_SKEW_SECONDS);
    }

    private void examineTraces() {
        url("sluice.traces.endpoint", values.get("sluice.traces.endpoint"));
        String sampled = values.get("sluice.traces.sampled");
        if (sampled != null && !sampled.matches("0(\\.\\d+)?|1(\\.0+)?"))
            complain("sluice.traces.sampled is \"%s\". Write a number from 0 to 1.", sampled);
    }

    private void examineKeyService() {
        String service = required("sluice.keys.service");
        if (service != null && !service.equals("local"))
            complain("sluice.keys.service is \"%s\". This version serves local only.", service);
    }

    private void examineStores() {
        Set<String> names = StartKeys.namesBelow(StartKeys.STORES, values.keySet());
        if (names.isEmpty())
            complain("sluice.stores.NAME.root is missing. Name at least one object store, with .cloud and .region.");
        for (String name : names) {
            String prefix = StartKeys.STORES + name + ".";
            String root = required(prefix + "root");
            required(prefix + "cloud");
            required(prefix + "region");
            examineRoot(prefix, root);
            url(prefix + "endpoint", values.get(prefix + "endpoint"));
            url(prefix + "public-endpoint", values.get(prefix + "public-endpoint"));
            flag(prefix + "path-style");
            secret(prefix + "credentials-file");
            jars(prefix + "client-jars");
            examineHandout(prefix);
        }
    }

    private void examineRoot(String prefix, @Nullable String root) {
        if (root == null) return;
        if (!root.matches("(s3://|gs://|(abfs|wasb)s?://[^/@]+@[^/@]+\\.core\\.windows\\.net|file:/).*")) {
            complain(
                    "%sroot is \"%s\". Write s3://bucket/prefix, gs://bucket/prefix,"
                            + " abfss://container@account.dfs.core.windows.net/prefix or file:///folder.",
                    prefix, root);
            return;
        }
        if (root.startsWith("file:/"))
            refuse(
                    prefix,
                    "a folder",
                    List.of("endpoint", "public-endpoint", "path-style", "credentials-file", "client-jars", "vending"));
        else if (!root.startsWith("s3://"))
            refuse(prefix, "none of S3's", List.of("path-style", "client-jars", "vending"));
    }

    private void jars(String key) {
        String folder = values.get(key);
        if (folder != null && !Files.isDirectory(Path.of(folder)))
            complain("%s is \"%s\", which is no folder. Name the one with the client's jars.", key, folder);
    }

    private void refuse(String prefix, String kind, List<String> parts) {
        for (String part : parts)
            if (values.containsKey(prefix + part))
                complain("%s%s is for other stores, and this one is %s. Remove it.", prefix, part, kind);
    }

    private void examineHandout(String prefix) {
        String handout = values.getOrDefault(prefix + "vending", "nothing");
        if (handout.equals("nothing")) return;
        if (!handout.equals("sessions") && !handout.equals("keys")) {
            complain("%svending is \"%s\". Write nothing, sessions or keys.", prefix, handout);
            return;
        }
        for (String part : List.of("endpoint", "credentials-file"))
            if (!values.containsKey(prefix + part))
                complain(
                        "%svending is %s, which needs %s%s. Amazon's own stores are opened by roles instead.",
                        prefix, handout, prefix, part);
    }

    private void examineVending() {
        url("sluice.vending.aws-endpoint", values.get("sluice.vending.aws-endpoint"));
        String folder = values.get("sluice.vending.secrets");
        if (folder == null) return;
        // Those of another metastore than the first are one folder below.
        try (Stream<Path> files = Files.walk(Path.of(folder), 2)) {
            files.filter(Files::isRegularFile)
                    .filter(PrivateFiles::canBeReadByOthers)
                    .forEach(file ->
                            complain("sluice.vending.secrets: %s can be read by others. Run chmod 600 on it.", file));
        } catch (IOException e) {
            complain("sluice.vending.secrets: %s is not a folder that can be read.", folder);
        }
    }

    /** One pod needs nothing; several need to know of each other, and a store that all of them reach. */
    private void examinePods() {
        flag("sluice.pod.may-assign");
        if (values.keySet().stream().noneMatch(key -> key.startsWith("sluice.pod."))) return;
        for (String key : List.of("name", "address", "listen", "secret-file")) required("sluice.pod." + key);
        url("sluice.pod.address", values.get("sluice.pod.address"));
        secret("sluice.pod.secret-file");
        if (values.getOrDefault("sluice.store", "").startsWith("sqlite:"))
            complain("sluice.store is a file of this machine, which several pods cannot share. Use postgresql://.");
        String capacity = values.getOrDefault("sluice.pod.capacity", "1");
        if (!isNumber(capacity, 1, Integer.MAX_VALUE))
            complain("sluice.pod.capacity is \"%s\". Write how many requests a second it bears.", capacity);
        examineLookout();
    }

    /** Who else is asked for the pods. */
    private void examineLookout() {
        String labels = values.get(StartKeys.KUBERNETES + "labels");
        if (labels != null && !labels.matches(LABELS))
            complain("%slabels is \"%s\". Write name=value, with commas between.", StartKeys.KUBERNETES, labels);
        if (labels != null && values.containsKey("sluice.pod.dns"))
            complain("%slabels and sluice.pod.dns are two views of one thing. Keep one.", StartKeys.KUBERNETES);
        for (String part : List.of("namespace", "service"))
            if (labels == null && values.containsKey(StartKeys.KUBERNETES + part))
                complain("%s%s is of no use without %slabels.", StartKeys.KUBERNETES, part, StartKeys.KUBERNETES);
    }

    private @Nullable String required(String key) {
        String value = values.get(key);
        if (value != null && !value.isEmpty()) return value;
        complain("%s is missing: %s.", key, StartKeys.what(key));
        return null;
    }

    private void requirePort(String key) {
        String value = required(key);
        if (value != null && !isNumber(value, 1, 65_535))
            complain("%s is \"%s\". Write a port between 1 and 65535.", key, value);
    }

    private static boolean isNumber(String text, int least, int most) {
        try {
            int number = Integer.parseInt(text);
            return number >= least && number <= most;
        } catch (NumberFormatException e) {
            return false;
        }
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
        if (PrivateFiles.canBeReadByOthers(file))
            complain("%s: %s can be read by others. Run chmod 600 on it.", key, value);
        return file;
    }

    private void flag(String key) {
        String value = values.getOrDefault(key, "false");
        if (!value.equals("true") && !value.equals("false")) complain("%s is \"%s\". Write true or false.", key, value);
    }

    private boolean isOn(String key) {
        return values.getOrDefault(key, "false").equals("true");
    }

    private void url(String key, @Nullable String value) {
        if (value != null && host(value) == null)
            complain("%s is \"%s\". Write an http:// or https:// URL.", key, value);
    }

    /** Whoever can change what an issuer answers can sign in as anybody. */
    private void encryptedUrl(String key, @Nullable String value) {
        url(key, value);
        String host = value == null ? null : host(value);
        if (value != null && host != null && value.startsWith("http:") && !LOOPBACK.contains(host))
            complain("%s is %s. Use https://, or others could answer in the issuer's name.", key, value);
    }

    private static @Nullable String host(String url) {
        try {
            URI uri = URI.create(url);
            return Set.of("http", "https").contains(String.valueOf(uri.getScheme())) ? uri.getHost() : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static boolean isStoreUrl(String store) {
        return store.matches("postgres(ql)?://([^@/]+@)?[^/@]+/.+");
    }

    /** Without the password. */
    private static String hidden(String store) {
        return store.replaceFirst("(://[^:/@]*):[^@]*@", "$1@");
    }

    private void complain(String format, Object... args) {
        complaints.add(format.formatted(args));
    }
}
