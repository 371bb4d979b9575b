package io.sluice.bench.sharder;

import io.sluice.bench.figure.Better;
import io.sluice.bench.figure.Figure;
import io.sluice.bench.figure.Report;
import io.sluice.bench.figure.Scratch;
import io.sluice.bench.server.Api;
import io.sluice.bench.server.ClusterProcess;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;

/**
 * What clients notice while all pods of a real cluster are restarted. A request is a hit when nothing of a catalog was
 * asked of the store for it, not even whether it had changed.
 */
final class RollingRestart {
    private static final int PODS = 3;
    private static final ManyCatalogs WORLD = new ManyCatalogs(200, 2_000);
    private static final int READERS = 8;
    private static final Duration PAUSE = Duration.ofMillis(20);
    /** Until each pod has its share of the slices. */
    private static final Duration SPREADING = Duration.ofSeconds(25);

    private static final Duration WARM_UP = Duration.ofSeconds(30);

    private static final Duration CALM = Duration.ofSeconds(10);
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final int WINDOW_TICKS = 5;

    private final List<Tick> ticks = new ArrayList<>();

    private record Tick(long requests, Misses.Counts counts) {}

    static void tell(Report report) throws Exception {
        new RollingRestart().measure(report);
    }

    private void measure(Report report) throws Exception {
        try (Scratch scratch = Scratch.make();
                ClusterProcess cluster = ClusterProcess.start(scratch.folder().resolve("cluster"), PODS)) {
            SharedCommits.tell(report, cluster.database("writers"));
            List<URI> pods =
                    cluster.pods().stream().map(ClusterProcess.Pod::uri).toList();
            String token = cluster.adminToken();
            LockSupport.parkNanos(SPREADING.toNanos());
            WORLD.make(pods.stream().map(pod -> new Api(pod, token)).toList());
            try (Readers readers = new Readers(pods, WORLD, token)) {
                readers.start(READERS, PAUSE);
                LockSupport.parkNanos(WARM_UP.toNanos());
                long failedBefore = readers.failed();
                watch(cluster, readers);
                report.tell(Figure.alone("restart_hit_rate_min", worstWindow(), "% in 5 s", Better.MORE)
                        .within(98)
                        .beside("Softstore 85 %, Unity Catalog at Databricks 90 to 95 %"));
                report.tell(Figure.alone(
                                "restart_failed_requests", readers.failed() - failedBefore, "requests", Better.LESS)
                        .within(0));
                tellSize(report);
            }
        }
    }

    private void watch(ClusterProcess cluster, Readers readers) throws Exception {
        Misses misses = new Misses(cluster);
        CompletableFuture<Void> rolled = CompletableFuture.runAsync(() -> roll(cluster));
        long calmTicks = CALM.dividedBy(TICK);
        for (long left = calmTicks; left > 0; left -= rolled.isDone() ? 1 : 0) {
            ticks.add(new Tick(readers.answered() + readers.failed(), misses.now()));
            LockSupport.parkNanos(TICK.toNanos());
        }
        rolled.join();
    }

    private static void roll(ClusterProcess cluster) {
        try {
            LockSupport.parkNanos(CALM.toNanos());
            cluster.roll();
        } catch (Exception e) {
            throw new CompletionException(e);
        }
    }

    private double worstWindow() {
        double worst = 100;
        for (int i = WINDOW_TICKS; i < ticks.size(); i++)
            worst = Math.min(worst, hitRate(ticks.get(i - WINDOW_TICKS), ticks.get(i)));
        return worst;
    }

    private static double hitRate(Tick from, Tick to) {
        double missed = to.counts().misses() - from.counts().misses();
        return 100 * (1 - missed / Math.max(1, to.requests() - from.requests()));
    }

    /** What those two are worth, and how much the store has to do with each request meanwhile. */
    private void tellSize(Report report) {
        Tick first = ticks.get(0);
        Tick last = ticks.get(ticks.size() - 1);
        double requests = last.requests() - first.requests();
        report.tell(Figure.alone("restart_hit_rate_mean", hitRate(first, last), "%", Better.MORE));
        report.tell(Figure.alone("restart_requests", requests, "requests", Better.MORE));
        report.tell(Figure.alone(
                "restart_statements_per_request",
                (last.counts().statements() - first.counts().statements()) / requests,
                "statements",
                Better.LESS));
    }
}
