package io.sluice.cli.command;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Shows on standard error that work is going on: a line that counts seconds on a terminal, else one plain line at the
 * start and one every ten seconds.
 */
final class Waiting implements AutoCloseable {
    private static final Duration ON_A_TERMINAL = Duration.ofSeconds(1);
    private static final Duration IN_A_LOG = Duration.ofSeconds(10);
    private static final String CLEAR_LINE = "\r\u001b[K";

    private final Surroundings surroundings;
    private final String work;
    private final long startedNanos = System.nanoTime();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "waiting");
        thread.setDaemon(true);
        return thread;
    });

    private Waiting(Surroundings surroundings, String work) {
        this.surroundings = surroundings;
        this.work = work;
    }

    static Waiting on(Surroundings surroundings, String work) {
        Waiting waiting = new Waiting(surroundings, work);
        Duration pace = surroundings.isTerminal() ? ON_A_TERMINAL : IN_A_LOG;
        waiting.say(work);
        waiting.clock.scheduleAtFixedRate(waiting::tick, pace.toMillis(), pace.toMillis(), TimeUnit.MILLISECONDS);
        return waiting;
    }

    private void tick() {
        say(work + ", " + TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - startedNanos) + " s");
    }

    private void say(String line) {
        if (!surroundings.isTerminal()) surroundings.err().println(line);
        else surroundings.err().print(CLEAR_LINE + line);
        surroundings.err().flush();
    }

    @Override
    public void close() {
        clock.shutdownNow();
        if (surroundings.isTerminal()) surroundings.err().print(CLEAR_LINE);
    }
}
