package io.sluice.bench.path;

import io.sluice.bench.figure.Better;
import io.sluice.bench.figure.Figure;
import io.sluice.bench.figure.Rounds;
import io.sluice.bench.path.BenchWorld.SharedFile;
import io.sluice.bench.server.ClosedLoop;
import io.sluice.bench.server.ClosedLoop.Outcome;
import io.sluice.bench.server.WireRequest;
import java.time.Duration;

/** What opening sealed bytes costs the server's processor over sending plain ones of the same length. */
record SealedRange(BenchWorld world) {
    private static final long RANGE = 64 * 1024;
    private static final int CONNECTIONS = 4;
    private static final Duration WARM_UP = Duration.ofSeconds(5);
    private static final Duration ROUND = Duration.ofSeconds(2);
    private static final int ROUNDS = 5;

    Figure measure() throws Exception {
        SharedFile sealed = world.reader("demo-sealed.share").firstFile("demo_sealed", "ledger", "payments");
        SharedFile plain = world.reader("demo.share").firstFile("demo", "sales", "orders");
        long length = Math.min(RANGE, Math.min(sealed.size(), plain.size()));
        WireRequest opening = sealed.range(0, length);
        WireRequest sending = plain.range(0, length);
        new ClosedLoop(opening, CONNECTIONS).run(WARM_UP);
        new ClosedLoop(sending, CONNECTIONS).run(WARM_UP);
        Rounds rounds = Rounds.of(ROUNDS, () -> microsPerAnswer(opening), () -> microsPerAnswer(sending));
        return Figure.alone("sealed_range_vs_plain", rounds.value(), "cpu-us/request", Better.LESS)
                .against("a plain range of %d bytes".formatted(length), rounds.ratio());
    }

    private double microsPerAnswer(WireRequest request) throws Exception {
        Duration before = world.server().cpu();
        Outcome outcome = new ClosedLoop(request, CONNECTIONS).run(ROUND);
        Duration used = world.server().cpu().minus(before);
        return used.toNanos() / 1e3 / outcome.answers();
    }
}
