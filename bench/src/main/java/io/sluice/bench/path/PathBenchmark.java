package io.sluice.bench.path;

import io.sluice.bench.Benchmark;
import io.sluice.bench.figure.Better;
import io.sluice.bench.figure.Figure;
import io.sluice.bench.figure.Report;
import io.sluice.bench.figure.Rounds;
import io.sluice.bench.figure.Scratch;
import io.sluice.bench.server.ServerProcess;
import java.io.IOException;
import java.nio.file.Path;

/** Walks the way of the tour with a ruler: start, catalog, share, sealed bytes, replica. */
public final class PathBenchmark implements Benchmark {
    private static final double START_BUDGET_S = 4;
    private static final int STARTS = 3;

    @Override
    public String name() {
        return "path";
    }

    @Override
    public String purpose() {
        return "one figure for each step of the tour: start, catalog read, share query, sealed range, sync";
    }

    @Override
    public void run(Report report) throws Exception {
        try (Scratch scratch = Scratch.make()) {
            Path data = scratch.folder().resolve("data");
            // Seeds the world; nobody waits for a first start twice.
            ServerProcess.start(data).close();
            report.tell(start(data));
            try (ServerProcess server = ServerProcess.start(data)) {
                BenchWorld world = BenchWorld.on(server);
                report.tell(new CatalogRead(world).measure());
                report.tell(new ShareQuery(world).measure());
                report.tell(new SealedRange(world).measure());
                report.tell(new SyncAgainstCopy(world).measure());
            }
        }
    }

    private static Figure start(Path data) throws IOException, InterruptedException {
        double[] seconds = new double[STARTS];
        for (int i = 0; i < STARTS; i++) {
            try (ServerProcess server = ServerProcess.start(data)) {
                seconds[i] = server.startTime().toNanos() / 1e9;
            }
        }
        return Figure.alone("start_ready_s", Rounds.median(seconds), "s", Better.LESS)
                .within(START_BUDGET_S);
    }
}
