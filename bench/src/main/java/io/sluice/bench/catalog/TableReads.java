package io.sluice.bench.catalog;

import io.sluice.bench.figure.Better;
import io.sluice.bench.figure.Figure;
import io.sluice.bench.figure.Rounds;
import io.sluice.bench.server.ClosedLoop;
import io.sluice.bench.server.ServerProcess;
import io.sluice.bench.server.WireClient;
import io.sluice.bench.server.WireRequest;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Authorized reads of single tables, picked at random over a whole schema. */
final class TableReads {
    private static final double AGAINST_CONSTANT = 0.5;
    private static final double MANY_AGAINST_FEW = 0.9;
    private static final int CONNECTIONS = 8;
    private static final int PICKED = 20_000;
    private static final long SEED = 1;
    private static final Duration WARM_UP = Duration.ofSeconds(8);
    private static final Duration ROUND = Duration.ofSeconds(2);
    private static final int ROUNDS = 7;

    private final ServerProcess server;
    private final ClosedLoop few;
    private final ClosedLoop many;

    TableReads(ServerProcess server) throws Exception {
        this.server = server;
        this.few = reads(CatalogBenchmark.FEW, CatalogBenchmark.FEW_TABLES);
        this.many = reads(CatalogBenchmark.MANY, CatalogBenchmark.MANY_TABLES);
        Pages.readAll(server, CatalogBenchmark.FEW);
        Pages.readAll(server, CatalogBenchmark.MANY);
        few.run(WARM_UP);
        many.run(WARM_UP);
    }

    Figure againstConstant() throws Exception {
        WireRequest constant = WireRequest.get(server.uri()
                .resolve("/api/1.0/sluice/constant/" + length(few.requests().get(0))));
        ClosedLoop constants = new ClosedLoop(constant, CONNECTIONS);
        constants.run(WARM_UP);
        return rate("get_table_vs_constant", few, constants, "a constant of the same length")
                .within(AGAINST_CONSTANT);
    }

    Figure manyAgainstFew() throws Exception {
        return rate("get_table_200k_vs_1k", many, few, "the same with 1,000 tables")
                .within(MANY_AGAINST_FEW);
    }

    private static Figure rate(String name, ClosedLoop subject, ClosedLoop limit, String against) throws Exception {
        Rounds rounds = Rounds.of(
                ROUNDS,
                () -> subject.run(ROUND).answersPerSecond(),
                () -> limit.run(ROUND).answersPerSecond());
        return Figure.alone(name, rounds.value(), "requests/s", Better.MORE).against(against, rounds.ratio());
    }

    private ClosedLoop reads(String schema, int tables) throws IOException {
        Random random = new Random(SEED);
        String authorization = "Authorization: Bearer " + server.adminToken();
        String folder = "/api/2.1/unity-catalog/tables/" + ManyTables.CATALOG + "." + schema + ".";
        URI uri = server.uri();
        List<WireRequest> requests = IntStream.range(0, PICKED)
                .mapToObj(i ->
                        WireRequest.get(uri.resolve(folder + ManyTables.name(random.nextInt(tables))), authorization))
                .toList();
        return new ClosedLoop(requests, CONNECTIONS);
    }

    private static long length(WireRequest request) throws IOException {
        try (WireClient client = new WireClient(request)) {
            return client.exchange();
        }
    }
}
