package io.sluice.bench.path;

import io.sluice.bench.figure.Better;
import io.sluice.bench.figure.Figure;
import io.sluice.bench.figure.Rounds;
import io.sluice.bench.server.ClosedLoop;
import io.sluice.bench.server.WireClient;
import io.sluice.bench.server.WireRequest;
import java.io.IOException;
import java.time.Duration;

/** How much of the speed of an answer that costs nothing is left to an authorized read of a table. */
record CatalogRead(BenchWorld world) {
    private static final double BUDGET = 0.4;
    private static final String TABLE = "retail.sales.orders";
    private static final int CONNECTIONS = 8;
    private static final Duration WARM_UP = Duration.ofSeconds(8);
    private static final Duration ROUND = Duration.ofSeconds(2);
    private static final int ROUNDS = 7;

    Figure measure() throws Exception {
        WireRequest read = world.getTable(TABLE);
        ClosedLoop reads = new ClosedLoop(read, CONNECTIONS);
        ClosedLoop constants = new ClosedLoop(world.constant(length(read)), CONNECTIONS);
        reads.run(WARM_UP);
        constants.run(WARM_UP);
        Rounds rounds = Rounds.of(
                ROUNDS,
                () -> reads.run(ROUND).answersPerSecond(),
                () -> constants.run(ROUND).answersPerSecond());
        return Figure.alone("get_table_vs_constant", rounds.value(), "requests/s", Better.MORE)
                .against("a constant of the same length", rounds.ratio())
                .within(BUDGET);
    }

    private static long length(WireRequest request) throws IOException {
        try (WireClient client = new WireClient(request)) {
            return client.exchange();
        }
    }
}
