package io.sluice.server.wiring;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/** What is done again and again beside the requests, each on a thread of its own, until the program ends. */
final class Chores implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Chores.class);

    private final ScheduledExecutorService threads;
    private final String name;

    /** @param count how many chores there are: one that hangs must not keep the others waiting */
    Chores(String name, int count) {
        this.name = name;
        this.threads = Executors.newScheduledThreadPool(count, work -> {
            Thread daemon = new Thread(work, name);
            daemon.setDaemon(true);
            return daemon;
        });
    }

    /** A task that throws would never be run again; here what failed is due the next time. */
    Chores every(int seconds, Runnable task) {
        AtomicBoolean isFailing = new AtomicBoolean();
        Runnable safe = () -> {
            try {
                task.run();
                isFailing.set(false);
            } catch (RuntimeException e) {
                // Told once: a store that is away for an hour must not fill the log.
                Logger.Level level = isFailing.getAndSet(true) ? Logger.Level.DEBUG : Logger.Level.WARN;
                LOG.logf(level, e, "%s: a round failed; it is tried again every %d s", name, seconds);
            }
        };
        threads.scheduleWithFixedDelay(safe, seconds, seconds, TimeUnit.SECONDS);
        return this;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
