package io.sluice.bench.server;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** So many connections that each send the same request again as soon as it was answered. */
public record ClosedLoop(WireRequest request, int connections) {

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

    private long exchangeUntil(long end) throws IOException {
        try (WireClient client = new WireClient(request)) {
            long count = 0;
            while (System.nanoTime() < end) {
                client.exchange();
                count++;
            }
            return count;
        }
    }
}
