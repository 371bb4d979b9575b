package io.sluice.sharder.grpc;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread on which a machine lives. Events are handled in the order they come; the machine names the moment it
 * wants to be woken, and only the soonest such wish is kept.
 */
final class EventLoop {
    private static final Logger LOG = LoggerFactory.getLogger(EventLoop.class);
    private static final long NEVER = Long.MAX_VALUE;

    private final Time time;
    private final ExecutorService thread;
    private long wakeAtNanos = NEVER;

    EventLoop(Time time, String name) {
        this.time = time;
        this.thread = Executors.newSingleThreadExecutor(task -> daemon(task, name));
    }

    /** None of our threads keeps a process alive. */
    static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    long nanos() {
        return time.nanos();
    }

    /** Returns at once. After {@link #close} nothing is run any more. */
    void execute(Runnable task) {
        try {
            thread.execute(() -> guarded(task));
        } catch (RejectedExecutionException closed) {
            LOG.debug("event after the end of the loop");
        }
    }

    /** Requires to be called on the loop. {@code task} must itself ask to be woken again. */
    void wakeAt(long atNanos, Runnable task) {
        // An earlier wish stands; when it is granted the machine names the next one.
        if (atNanos >= wakeAtNanos) return;
        wakeAtNanos = atNanos;
        time.wakeAt(
                atNanos,
                () -> execute(() -> {
                    if (wakeAtNanos == atNanos) wakeAtNanos = NEVER;
                    task.run();
                }));
    }

    void close() {
        thread.shutdown();
    }

    // A machine that contradicts itself must not go on deciding in silence, but its pod loses nothing more than its
    // lease: the safe side.
    private static void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error broken) {
            LOG.error("the sharder failed on an event; slices may go without an owner until their leases end", broken);
            if (broken instanceof Error) throw broken;
        }
    }
}
