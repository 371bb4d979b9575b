package io.sluice.cli.tour;

import io.sluice.cli.exit.CommandFailure;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for something that is promised within a bound. */
final class Patience {
    private static final Duration PACE = Duration.ofMillis(50);

    private Patience() {}

    /** Returns the milliseconds it took. */
    static long await(Duration bound, String what, BooleanSupplier happened) {
        long start = System.nanoTime();
        while (!happened.getAsBoolean()) {
            if (System.nanoTime() - start > bound.toNanos())
                throw CommandFailure.difference("%s: not within %d s.", what, bound.toSeconds());
            LockSupport.parkNanos(PACE.toNanos());
        }
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    }
}
