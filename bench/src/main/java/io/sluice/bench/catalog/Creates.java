package io.sluice.bench.catalog;

import io.sluice.bench.figure.Better;
import io.sluice.bench.figure.Figure;
import io.sluice.bench.figure.Rounds;
import io.sluice.bench.server.ServerProcess;
import io.sluice.bench.server.WireClient;
import io.sluice.bench.server.WireRequest;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

/** Whether a table is made as fast beside 200,000 others as beside 1,000. */
final class Creates {
    private static final double BUDGET = 0.8;
    private static final int EACH_ROUND = 200;
    private static final int WARM_UP_ROUNDS = 3;
    private static final int ROUNDS = 7;

    private final ServerProcess server;
    private final AtomicInteger made = new AtomicInteger();

    Creates(ServerProcess server) {
        this.server = server;
    }

    Figure measure() throws Exception {
        for (int i = 0; i < WARM_UP_ROUNDS; i++) {
            perSecond(CatalogBenchmark.MANY);
            perSecond(CatalogBenchmark.FEW);
        }
        Rounds rounds =
                Rounds.of(ROUNDS, () -> perSecond(CatalogBenchmark.MANY), () -> perSecond(CatalogBenchmark.FEW));
        return Figure.alone("create_200k_vs_1k", rounds.value(), "requests/s", Better.MORE)
                .against("the same with 1,000 tables", rounds.ratio())
                .within(BUDGET);
    }

    private double perSecond(String schema) throws IOException {
        WireRequest[] requests = new WireRequest[EACH_ROUND];
        for (int i = 0; i < EACH_ROUND; i++)
            requests[i] = WireRequest.post(
                    server.uri().resolve("/api/2.1/unity-catalog/tables"),
                    ManyTables.createBody(schema, "made_%06d".formatted(made.getAndIncrement())),
                    "Authorization: Bearer " + server.adminToken());
        try (WireClient client = new WireClient(requests[0])) {
            long begun = System.nanoTime();
            for (WireRequest request : requests) client.exchange(request);
            return EACH_ROUND * 1e9 / (System.nanoTime() - begun);
        }
    }
}
