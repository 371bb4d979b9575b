package io.sluice.bench.server;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;

/** So many connections that each send one of the requests as soon as the one before it was answered. */
public record ClosedLoop(List<WireRequest> requests, int connections) {
    private static final Duration WARM_UP_ROUND = Duration.ofSeconds(4);
    private static final int MOST_WARM_UPS = 15;
    private static final int STEADY_ROUNDS = 3;
    private static final double NOTICEABLY = 1.03;

    public ClosedLoop(WireRequest request, int connections) {
        this(List.of(request), connections);
    }

    /**
     * What came of a while of it.
     *
     * @param elapsed by the clock
     */
    public record Outcome(long answers, Duration elapsed) {
        public double answersPerSecond() {
            return answers * 1e9 / elapsed.toNanos();
        }
    }

    public Outcome run(Duration time) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(connections);
        try {
            long begun = System.nanoTime();
            long end = begun + time.toNanos();
            List<Future<Long>> counts = new ArrayList<>();
            Callable<Long> connection = () -> exchangeUntil(end);
            for (int i = 0; i < connections; i++) counts.add(threads.submit(connection));
            long answers = 0;
            for (Future<Long> count : counts) answers += count.get();
            return new Outcome(answers, Duration.ofNanos(System.nanoTime() - begun));
        } finally {
            threads.shutdownNow();
        }
    }

    /**
     * Runs until answers come no faster than before: the compilers of a fresh server take most of a small machine for
     * the better part of a minute.
     */
    public void warmUp() throws Exception {
        double best = 0;
        int sinceBest = 0;
        for (int i = 0; i < MOST_WARM_UPS && sinceBest < STEADY_ROUNDS; i++) {
            double rate = run(WARM_UP_ROUND).answersPerSecond();
            sinceBest = rate > best * NOTICEABLY ? 0 : sinceBest + 1;
            best = Math.max(best, rate);
        }
    }

    private long exchangeUntil(long end) throws IOException {
        // Each connection goes through them in an order of its own.
        int at = ThreadLocalRandom.current().nextInt(requests.size());
        int step = requests.size() == 1 ? 0 : 7_919;
        try (WireClient client = new WireClient(requests.get(at))) {
            long count = 0;
            while (System.nanoTime() < end) {
                client.exchange(requests.get(at));
                at = (at + step) % requests.size();
                count++;
            }
            return count;
        }
    }
}
