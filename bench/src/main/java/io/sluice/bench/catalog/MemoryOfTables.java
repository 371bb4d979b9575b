package io.sluice.bench.catalog;

import io.sluice.bench.figure.Better;
import io.sluice.bench.figure.Figure;
import io.sluice.bench.server.ServerProcess;
import io.sluice.bench.server.WireClient;
import io.sluice.bench.server.WireRequest;
import java.io.IOException;

/** What tables take in the server's memory. */
record MemoryOfTables(ServerProcess server) {
    private static final double MOST_HEAP_BYTES = 1_200;
    private static final double MOST_RESIDENT_MB = 700;

    /** Requires: none of the listed tables was read yet. */
    Figure heapPerTable() throws Exception {
        Pages.readAll(server, CatalogBenchmark.FEW);
        long before = server.liveHeapBytes();
        int tables = Pages.readAll(server, CatalogBenchmark.LISTED);
        double each = (server.liveHeapBytes() - before) / (double) tables;
        return Figure.alone("heap_bytes_per_table", each, "bytes", Better.LESS).within(MOST_HEAP_BYTES);
    }

    /** After each of 100,000 tables was read by itself. */
    Figure resident() throws Exception {
        String folder = "/api/2.1/unity-catalog/tables/" + ManyTables.CATALOG + "." + CatalogBenchmark.LISTED + ".";
        String authorization = "Authorization: Bearer " + server.adminToken();
        try (WireClient client = new WireClient(request(folder, 0, authorization))) {
            for (int i = 0; i < CatalogBenchmark.LISTED_TABLES; i++) client.exchange(request(folder, i, authorization));
        }
        return Figure.alone("rss_mb_100k", server.residentBytes() / 1e6, "MB", Better.LESS)
                .within(MOST_RESIDENT_MB);
    }

    private WireRequest request(String folder, int number, String authorization) throws IOException {
        return WireRequest.get(server.uri().resolve(folder + ManyTables.name(number)), authorization);
    }
}
