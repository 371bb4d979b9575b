package io.sluice.bench.sharder;

import io.sluice.bench.server.ClusterProcess;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Counts of all processes of a cluster so far, those that have ended among them. */
final class Misses {
    private static final String MISSES = "sluice_snapshot_catalog_misses_total ";
    private static final String STATEMENTS = "sluice_sql_statements_total ";
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final ClusterProcess cluster;
    private final Map<Long, Counts> byProcess = new HashMap<>();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    Misses(ClusterProcess cluster) {
        this.cluster = cluster;
    }

    /**
     * @param misses reads of a catalog for which its pod asked the store
     * @param statements all that was sent to the store
     */
    record Counts(double misses, double statements) {}

    Counts now() throws IOException, InterruptedException {
        for (ClusterProcess.Pod pod : cluster.pods()) look(pod);
        return new Counts(
                byProcess.values().stream().mapToDouble(Counts::misses).sum(),
                byProcess.values().stream().mapToDouble(Counts::statements).sum());
    }

    // A pod that is about to end owns nothing any more, so what it counted last is all that it missed.
    private void look(ClusterProcess.Pod pod) throws InterruptedException {
        try {
            HttpRequest request = HttpRequest.newBuilder(pod.management().resolve("/q/metrics"))
                    .timeout(PATIENCE)
                    .build();
            String text =
                    http.send(request, HttpResponse.BodyHandlers.ofString()).body();
            byProcess.put(pod.pid(), new Counts(value(text, MISSES), value(text, STATEMENTS)));
        } catch (IOException e) {
            // It does not listen yet, or not any more.
        }
    }

    private static double value(String text, String series) throws IOException {
        return text.lines()
                .filter(line -> line.startsWith(series))
                .mapToDouble(line -> Double.parseDouble(line.substring(series.length())))
                .findFirst()
                .orElseThrow(() -> new IOException("a pod does not tell " + series));
    }
}
