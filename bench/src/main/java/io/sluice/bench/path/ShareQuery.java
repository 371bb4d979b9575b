package io.sluice.bench.path;

import io.sluice.bench.figure.Better;
import io.sluice.bench.figure.Figure;
import io.sluice.bench.figure.Rounds;
import io.sluice.bench.server.WireClient;
import io.sluice.bench.server.WireRequest;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;

/** How long a recipient waits for the last line of a table of a thousand files. */
record ShareQuery(BenchWorld world) {
    private static final String TABLE = "bench_thousand";
    private static final int FILES = 1_000;
    private static final int WARM_UP = 100;
    private static final int QUERIES = 41;

    Figure measure() throws Exception {
        List<String> names = IntStream.range(0, FILES)
                .mapToObj("part-%05d-4b2c7d.snappy.parquet"::formatted)
                .toList();
        world.newTable(TABLE).add(names, 128 << 20);
        world.addToDemoShare(TABLE);
        WireRequest query = world.reader("demo.share").query("demo", "sales", TABLE);
        try (WireClient asking = new WireClient(query)) {
            long length = asking.exchange();
            try (WireClient limit = new WireClient(world.constant(length))) {
                for (int i = 0; i < WARM_UP; i++) {
                    asking.exchange();
                    limit.exchange();
                }
                Rounds rounds = Rounds.of(QUERIES, () -> millisOf(asking), () -> millisOf(limit));
                return Figure.alone("share_query_1k_files_ms", rounds.value(), "ms", Better.LESS)
                        .against("the same bytes sent from memory", rounds.ratio());
            }
        }
    }

    private static double millisOf(WireClient client) throws IOException {
        long begun = System.nanoTime();
        client.exchange();
        return (System.nanoTime() - begun) / 1e6;
    }
}
