package io.sluice.bench.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.bench.figure.Better;
import io.sluice.bench.figure.Figure;
import io.sluice.bench.server.Api;
import io.sluice.bench.server.ServerProcess;
import io.sluice.bench.server.WireClient;
import io.sluice.bench.server.WireRequest;
import java.time.Duration;

/** A page for somebody who sees one table in a thousand. */
record FilteredList(ServerProcess server, String readerToken) {
    private static final double MOST_MILLIS = 2;
    private static final int PAGE = 100;
    /** Until the compiler is done: its work would count as the server's. */
    private static final int WARM_UP = 8_000;

    private static final int COUNTED = 2_000;

    Figure measure() throws Exception {
        Pages.readAll(server, CatalogBenchmark.LISTED);
        String path = "/api/2.1/unity-catalog/tables?catalog_name=%s&schema_name=%s&max_results=%d"
                .formatted(ManyTables.CATALOG, CatalogBenchmark.LISTED, PAGE);
        JsonNode page = new Api(server.uri(), readerToken).get(path);
        if (page.path("tables").size() != PAGE)
            throw new IllegalStateException(
                    "the page is not full: " + page.path("tables").size());

        WireRequest request = WireRequest.get(server.uri().resolve(path), "Authorization: Bearer " + readerToken);
        try (WireClient client = new WireClient(request)) {
            for (int i = 0; i < WARM_UP; i++) client.exchange();
            Duration before = server.cpu();
            for (int i = 0; i < COUNTED; i++) client.exchange();
            double millis = server.cpu().minus(before).toNanos() / 1e6 / COUNTED;
            return Figure.alone("list_100_of_100k_cpu_ms", millis, "ms", Better.LESS)
                    .within(MOST_MILLIS);
        }
    }
}
