package io.sluice.sharder.testkit;

import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Waits for another thread or process to get somewhere. The bound only tells a hang from a slow machine. */
public final class Eventually {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

    private Eventually() {}

    public static void holds(Callable<Boolean> condition) {
        holds(condition, () -> {});
    }

    /**
     * Waits and helps along.
     *
     * @param step done between two looks, for example to let a clock of our own go on
     */
    public static void holds(Callable<Boolean> condition, Runnable step) {
        long begun = System.nanoTime();
        while (!isTrue(condition)) {
            if (System.nanoTime() - begun > PATIENCE_NANOS) throw new AssertionError("never came to hold");
            step.run();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    private static boolean isTrue(Callable<Boolean> condition) {
        try {
            return condition.call();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
