package io.sluice.server.launch;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The keys of the file that a production start reads, and what each is for. {@code NAME} stands for a name of the
 * operator's choice. {@code docs/configuration.md} lists the same keys; a test holds the two together.
 */
final class StartKeys {
    static final String STORES = "sluice.stores.";
    static final String ISSUERS = "sluice.auth.oidc.";
    static final String KUBERNETES = "sluice.pod.kubernetes.";
    static final String TRUSTED_PROXIES = "sluice.http.trusted-proxies";
    private static final String NAME = "NAME";
    private static final int SEGMENTS_BEFORE_LEAF = 4;

    /** @param what how the sentence goes on that tells that the key is missing */
    record Key(String name, String what) {
        private boolean covers(String key) {
            return pattern().matcher(key).matches();
        }

        private Pattern pattern() {
            return Pattern.compile(Stream.of(name.split("\\."))
                    .map(segment -> segment.equals(NAME) ? "[a-z0-9-]+" : Pattern.quote(segment))
                    .collect(Collectors.joining("\\.")));
        }
    }

    static final List<Key> ALL = List.of(
            new Key("sluice.data", "the folder for what is kept beside the database"),
            new Key("sluice.store", "a postgresql:// URL, or sqlite:FILE for a single process"),
            new Key("sluice.store-password-file", "a file that only you can read, with the database's password"),
            new Key("sluice.public-url", "how recipients reach this server, as in https://sluice.example.org"),
            new Key("sluice.http.host", "the address to listen on"),
            new Key("sluice.http.port", "a port"),
            new Key("sluice.http.behind-proxy", "true where a proxy encrypts"),
            new Key(TRUSTED_PROXIES, "the addresses of proxies that tell truly where requests come from"),
            new Key("sluice.http.tls.certificate", "a PEM file with the certificate chain"),
            new Key("sluice.http.tls.key", "a PEM file that only you can read, with the certificate's key"),
            new Key("sluice.management.host", "the address for health and metrics"),
            new Key("sluice.management.port", "a port"),
            new Key("sluice.cache.table-bytes", "how much memory tables may take, in bytes"),
            new Key("sluice.audit.kept-days", "how long the audit log goes back"),
            new Key("sluice.tables.kept-after-drop-days", "how long a dropped table can be had back"),
            new Key("sluice.sharing.requests-per-second", "how many requests a recipient may send in the long run"),
            new Key("sluice.sharing.requests-in-burst", "how many requests a recipient may send at once"),
            new Key("sluice.sharing.requests-at-once", "how many requests of a recipient are answered together"),
            new Key("sluice.sharing.files-per-answer", "how many files one answer may list"),
            new Key("sluice.admin.principal", "who owns the metastore, as the issuer names them"),
            new Key("sluice.admin.token-file", "a file that only you can read, with the admin's token"),
            new Key("sluice.traces.endpoint", "the collector of traces, as in http://localhost:4318/v1/traces"),
            new Key("sluice.traces.sampled", "which part of the requests is traced, from 0 to 1"),
            new Key("sluice.auth.oidc.NAME.issuer", "the issuer's URL, exactly as its tokens say it"),
            new Key("sluice.auth.oidc.NAME.audience", "what the issuer calls this server, exactly"),
            new Key("sluice.auth.oidc.NAME.jwks-url", "where the issuer's keys are, if its discovery does not tell"),
            new Key("sluice.auth.oidc.NAME.metastore", "the metastore whose users it vouches for, if not the first"),
            new Key("sluice.auth.oidc.NAME.principal-claim", "the claim that names the user"),
            new Key("sluice.auth.oidc.NAME.groups-claim", "the claim that names the user's groups"),
            new Key("sluice.auth.oidc.NAME.clock-skew-seconds", "how far the issuer's clock may be off"),
            new Key("sluice.keys.service", "where master keys are kept; local keeps them in sluice.data"),
            new Key("sluice.stores.NAME.root", "s3://, gs://, abfss:// or file:///folder"),
            new Key("sluice.stores.NAME.cloud", "as in aws"),
            new Key("sluice.stores.NAME.region", "as in eu-west-1"),
            new Key("sluice.stores.NAME.endpoint", "the URL of a service that is not the cloud's public one"),
            new Key("sluice.stores.NAME.public-endpoint", "the URL of that service as recipients of shares reach it"),
            new Key("sluice.stores.NAME.path-style", "true where the bucket stands in the path"),
            new Key("sluice.stores.NAME.metastore", "the metastore whose credentials may open it, if not the first"),
            new Key("sluice.stores.NAME.credentials-file", "a file that only you can read, with what opens it"),
            new Key("sluice.stores.NAME.client-jars", "a folder with the jars of another client for S3"),
            new Key(
                    "sluice.stores.NAME.vending",
                    "nothing, sessions or keys: what credentials of the catalog hand out"),
            new Key("sluice.vending.secrets", "a folder with a file for each secret of Azure's and Google's"),
            new Key("sluice.vending.aws-region", "the region whose token service gives sessions of roles"),
            new Key("sluice.vending.aws-endpoint", "the URL of another token service than that region's public one"),
            new Key("sluice.pod.name", "this pod's name among the others"),
            new Key("sluice.pod.address", "how the other pods reach this one, as in http://10.0.0.7:8080"),
            new Key("sluice.pod.listen", "host and port where this pod listens for the others' sharders"),
            new Key("sluice.pod.may-assign", "false for a pod that must not become the cluster's assigner"),
            new Key("sluice.pod.drain-seconds", "how long a pod that stops waits until others have what it holds"),
            new Key("sluice.pod.folder", "a folder for this pod alone, where several share sluice.data"),
            new Key("sluice.pod.secret-file", "a file that only you can read, with the secret that all pods know"),
            new Key("sluice.pod.zone", "what fails together with this pod, as in eu-west-1a"),
            new Key("sluice.pod.capacity", "how many requests a second this pod can bear"),
            new Key(
                    "sluice.pod.dns",
                    "one name whose addresses are those of the pods that are ready, or the names of all"),
            new Key(KUBERNETES + "labels", "what the pods are labelled with, as in app=sluice"),
            new Key(KUBERNETES + "namespace", "the namespace of the pods, if not this pod's own"),
            new Key(KUBERNETES + "service", "the service in front of the pods, whose EndpointSlices tell the zones"));

    private StartKeys() {}

    static boolean isKnown(String key) {
        return ALL.stream().anyMatch(known -> known.covers(key));
    }

    /** Requires: the key is known. */
    static String what(String key) {
        return ALL.stream()
                .filter(known -> known.covers(key))
                .map(Key::what)
                .findFirst()
                .orElseThrow();
    }

    /** The names that the operator chose below a prefix, as in {@code lake} of {@code sluice.stores.lake.root}. */
    static Set<String> namesBelow(String prefix, Set<String> keys) {
        Pattern pattern = Pattern.compile(Pattern.quote(prefix) + "([a-z0-9-]+)\\..+");
        return keys.stream()
                .map(pattern::matcher)
                .filter(Matcher::matches)
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The key that was probably meant: the one that takes the fewest strokes to correct. */
    static String nearestTo(String key) {
        return ALL.stream()
                .map(known -> withNameOf(key, known.name()))
                .min(Comparator.comparingInt(known -> strokesBetween(known, key)))
                .orElseThrow();
    }

    private static String withNameOf(String key, String known) {
        int at = List.of(known.split("\\.")).indexOf(NAME);
        String[] segments = key.split("\\.");
        return at < 0 || segments.length < SEGMENTS_BEFORE_LEAF || segments.length <= at
                ? known
                : known.replace(NAME, segments[at]);
    }

    /** Levenshtein's distance, one row of the table at a time. */
    private static int strokesBetween(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) row[j] = j;
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
