package io.sluice.bench.sharing;

import io.sluice.bench.Benchmark;
import io.sluice.bench.figure.Better;
import io.sluice.bench.figure.Figure;
import io.sluice.bench.figure.Report;
import io.sluice.bench.figure.Rounds;
import io.sluice.bench.figure.Scratch;
import io.sluice.bench.server.ClosedLoop;
import io.sluice.bench.server.WireClient;
import io.sluice.bench.server.WireRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Shares of small and of large tables, read from a store that takes 10 ms for each request. */
public final class SharingBenchmark implements Benchmark {
    private static final String SMALL = "thousand";
    private static final String LARGE = "fifty_thousand";
    private static final String HUGE = "million";
    private static final String BARE = "without_statistics";

    private static final int CONNECTIONS = 64;
    private static final int AT_ONCE = 16;
    private static final int QUERIES_EACH = 3;
    private static final Duration ROUND = Duration.ofSeconds(4);
    private static final int ROUNDS = 5;
    private static final int LARGE_ROUNDS = 11;

    private static final double CALLS_PER_S = 3_000;
    private static final double SMALL_QUERIES_PER_S = 300;
    private static final double FIRST_BYTE_MS = 50;
    private static final double AGAINST_MEMORY = 0.3;
    private static final double BYTES_PER_FILE = 120;
    private static final double PARTITION_MS = 200;

    @Override
    public String name() {
        return "sharing";
    }

    @Override
    public String purpose() {
        return "version, metadata and queries of shared tables of 1,000 to 1,000,000 files in a slow store";
    }

    @Override
    public void run(Report report) throws Exception {
        try (Scratch scratch = Scratch.make()) {
            Map<String, BigTable> tables =
                    Map.of(SMALL, new BigTable(1, 1_000, 100, true), LARGE, new BigTable(50, 1_000, 100, true));
            try (ShareWorld world = ShareWorld.start(scratch.folder().resolve("usual"), tables, "-Xms512m -Xmx512m")) {
                report.tell(storeRequests(world));
                report.tell(rate("version_per_s", world.version(LARGE), CALLS_PER_S));
                report.tell(rate("metadata_per_s", world.metadata(LARGE), CALLS_PER_S));
                report.tell(rate("query_1k_per_s", world.query(SMALL, "{}"), SMALL_QUERIES_PER_S));
                tellLargeQuery(world, report);
                report.tell(failuresAtOnce(world));
            }
        }
        try (Scratch scratch = Scratch.make()) {
            BigTable bare = new BigTable(50, 4_000, 100, false);
            Map<String, BigTable> tables = Map.of(BARE, bare, HUGE, new BigTable(20, 50_000, 1_000, false));
            try (ShareWorld world = ShareWorld.start(scratch.folder().resolve("large"), tables, "-Xms3g -Xmx3g")) {
                report.tell(bytesPerFile(world, bare.files()));
                report.tell(onePartition(world));
            }
        }
    }

    /** The most that any call on an unchanged table costs. */
    private static Figure storeRequests(ShareWorld world) throws IOException {
        long most = 0;
        for (WireRequest request : List.of(world.version(LARGE), world.metadata(LARGE), world.query(LARGE, "{}"))) {
            try (WireClient client = new WireClient(request)) {
                client.exchange();
                long before = world.storeRequests();
                client.exchange();
                most = Math.max(most, world.storeRequests() - before);
            }
        }
        return Figure.alone("store_requests_unchanged", most, "requests", Better.LESS)
                .within(1);
    }

    private static Figure rate(String name, WireRequest request, double budget) throws Exception {
        ClosedLoop loop = new ClosedLoop(request, CONNECTIONS);
        loop.warmUp();
        double[] rates = new double[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) rates[i] = loop.run(ROUND).answersPerSecond();
        return Figure.alone(name, Rounds.median(rates), "requests/s", Better.MORE)
                .within(budget);
    }

    private static void tellLargeQuery(ShareWorld world, Report report) throws Exception {
        try (WireClient query = new WireClient(world.query(LARGE, "{}"))) {
            long length = query.exchange();
            List<Double> firstBytes = new ArrayList<>();
            try (WireClient memory = new WireClient(world.constant(length))) {
                for (int i = 0; i < LARGE_ROUNDS; i++) {
                    query.exchange();
                    memory.exchange();
                }
                Rounds rounds = Rounds.of(
                        LARGE_ROUNDS,
                        () -> {
                            long begun = System.nanoTime();
                            query.exchange();
                            firstBytes.add((query.firstByteNanos() - begun) / 1e6);
                            return perSecond(length, begun);
                        },
                        () -> {
                            long begun = System.nanoTime();
                            memory.exchange();
                            return perSecond(length, begun);
                        });
                double firstByte = Rounds.median(
                        firstBytes.stream().mapToDouble(millis -> millis).toArray());
                report.tell(Figure.alone("query_50k_first_byte_ms", firstByte, "ms", Better.LESS)
                        .within(FIRST_BYTE_MS));
                report.tell(Figure.alone("query_50k_vs_memory", rounds.value(), "MB/s", Better.MORE)
                        .against("the same bytes sent from memory", rounds.ratio())
                        .within(AGAINST_MEMORY));
            }
        }
    }

    private static double perSecond(long bytes, long begunNanos) {
        return bytes * 1e3 / (System.nanoTime() - begunNanos);
    }

    private static Figure failuresAtOnce(ShareWorld world) throws Exception {
        WireRequest request = world.query(LARGE, "{}");
        long whole;
        try (WireClient client = new WireClient(request)) {
            whole = client.exchange();
        }
        Callable<Integer> reader = () -> {
            int failures = 0;
            for (int i = 0; i < QUERIES_EACH; i++) {
                try (WireClient client = new WireClient(request)) {
                    if (client.exchange() != whole) failures++;
                } catch (IOException e) {
                    failures++;
                }
            }
            return failures;
        };
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        try {
            List<Future<Integer>> readers = new ArrayList<>();
            for (int i = 0; i < AT_ONCE; i++) readers.add(threads.submit(reader));
            return Figure.alone("query_50k_16_at_once_failures", sum(readers), "queries", Better.LESS)
                    .within(0);
        } finally {
            threads.shutdownNow();
        }
    }

    private static int sum(List<Future<Integer>> counts) throws InterruptedException, ExecutionException {
        int sum = 0;
        for (Future<Integer> count : counts) sum += count.get();
        return sum;
    }

    private static Figure bytesPerFile(ShareWorld world, int files) throws Exception {
        try (WireClient other = new WireClient(world.version(HUGE))) {
            // What the first answer of all loads is no part of an index.
            other.exchange();
        }
        long before = world.server().liveHeapBytes();
        try (WireClient client = new WireClient(world.metadata(BARE))) {
            client.exchange();
        }
        double each = (world.server().liveHeapBytes() - before) / (double) files;
        return Figure.alone("index_bytes_per_file", each, "bytes", Better.LESS).within(BYTES_PER_FILE);
    }

    private static Figure onePartition(ShareWorld world) throws IOException {
        String predicate =
                "{\\\"op\\\":\\\"equal\\\",\\\"children\\\":[{\\\"op\\\":\\\"column\\\",\\\"name\\\":\\\"day\\\",\\\"valueType\\\":\\\"string\\\"},"
                        + "{\\\"op\\\":\\\"literal\\\",\\\"value\\\":\\\"" + BigTable.FIRST_DAY
                        + "\\\",\\\"valueType\\\":\\\"string\\\"}]}";
        WireRequest request = world.query(HUGE, "{\"jsonPredicateHints\":\"" + predicate + "\"}");
        try (WireClient client = new WireClient(request)) {
            double[] millis = new double[LARGE_ROUNDS];
            for (int i = 0; i < 2 * LARGE_ROUNDS; i++) {
                long begun = System.nanoTime();
                client.exchange();
                millis[i % LARGE_ROUNDS] = (System.nanoTime() - begun) / 1e6;
            }
            return Figure.alone("one_partition_of_1m_files_ms", Rounds.median(millis), "ms", Better.LESS)
                    .within(PARTITION_MS);
        }
    }
}
