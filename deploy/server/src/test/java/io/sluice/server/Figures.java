package io.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

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
