package io.sluice.server.wiring;

import io.sluice.crypto.hierarchy.KeyHierarchy;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Looks each second at the states of the scopes, and every five at whether the key service still opens their keys. */
public final class KeyWatch implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(KeyWatch.class);
    private static final int REFRESH_SECONDS = 1;
    private static final int PROBE_SECONDS = 5;

    private final ScheduledExecutorService threads;

    private KeyWatch(ScheduledExecutorService threads) {
        this.threads = threads;
    }

    static KeyWatch over(KeyHierarchy keys) {
        // One for each task: a key service that hangs must not keep the news of other pods waiting.
        ScheduledExecutorService threads = Executors.newScheduledThreadPool(2, work -> {
            Thread daemon = new Thread(work, "key-watch");
            daemon.setDaemon(true);
            return daemon;
        });
        every(threads, REFRESH_SECONDS, keys::refresh);
        every(threads, PROBE_SECONDS, keys::probe);
        return new KeyWatch(threads);
    }

    /** A task that throws is never run again, so none may: a store that is away comes back. */
    private static void every(ScheduledExecutorService threads, int seconds, Runnable task) {
        threads.scheduleWithFixedDelay(
                () -> {
                    try {
                        task.run();
                    } catch (RuntimeException e) {
                        LOG.debugf(e, "a look at the keys failed");
                    }
                },
                seconds,
                seconds,
                TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
