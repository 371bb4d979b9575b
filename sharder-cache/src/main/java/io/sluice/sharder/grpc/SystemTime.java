package io.sluice.sharder.grpc;

import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

final class SystemTime implements Time {
    static final SystemTime INSTANCE = new SystemTime();

    private final long origin = System.nanoTime();
    private final ScheduledThreadPoolExecutor timer =
            new ScheduledThreadPoolExecutor(1, task -> EventLoop.daemon(task, "sharder-timer"));

    @Override
    public long nanos() {
        return System.nanoTime() - origin;
    }

    @Override
    public void wakeAt(long atNanos, Runnable task) {
        // The task only hands over to an event loop, which reports what fails there.
        var unused = timer.schedule(task, Math.max(0, atNanos - nanos()), TimeUnit.NANOSECONDS);
    }
}
