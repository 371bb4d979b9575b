package io.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;

/** The series of one process at one moment, by name and labels as Prometheus writes them. */
record Figures(String text, Map<String, Double> series) {

    static Figures of(PackagedServer server) throws Exception {
        String text = server.manage("/q/metrics").body();
        Map<String, Double> series = new TreeMap<>();
        text.lines().filter(line -> !line.startsWith("#")).forEach(line -> {
            int end = line.lastIndexOf(' ');
            series.put(line.substring(0, end), Double.valueOf(line.substring(end + 1)));
        });
        return new Figures(text, series);
    }

    /** Counting ends after the caller has the answer, so a look may come too early. More than asked for is a mistake. */
    static Figures grown(PackagedServer server, Figures before, String name, double by) throws Exception {
        Figures now = of(server);
        for (int attempt = 0; attempt < 200 && now.grownBy(before, name) < by; attempt++) {
            LockSupport.parkNanos(20_000_000);
            now = of(server);
        }
        assertThat(now.since(before, name)).as(name).isEqualTo(by);
        return now;
    }

    private double grownBy(Figures before, String name) {
        return series.getOrDefault(name, 0.0) - before.series.getOrDefault(name, 0.0);
    }

    double of(String name) {
        assertThat(series).containsKey(name);
        return series.get(name);
    }

    /** How much a counter grew. One that is not there yet is at zero. */
    double since(Figures before, String name) {
        return of(name) - before.series.getOrDefault(name, 0.0);
    }

    static String request(String method, String route, int status) {
        return "sluice_http_requests_total{method=\"%s\",route=\"%s\",status=\"%d\"}".formatted(method, route, status);
    }

    Set<String> names() {
        return series.keySet();
    }
}
