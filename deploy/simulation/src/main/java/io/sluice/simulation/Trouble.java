package io.sluice.simulation;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** How closely one fault follows another. */
enum Trouble {
    NORMAL(TimeUnit.MILLISECONDS.toNanos(250), TimeUnit.SECONDS.toNanos(4)),
    /** Several things are wrong at any moment. */
    DENSE(TimeUnit.MILLISECONDS.toNanos(50), TimeUnit.SECONDS.toNanos(1));

    private final long shortestNanos;
    private final long spreadNanos;

    Trouble(long shortestNanos, long spreadNanos) {
        this.shortestNanos = shortestNanos;
        this.spreadNanos = spreadNanos;
    }

    long pauseNanos(SplittableRandom random) {
        return shortestNanos + random.nextLong(spreadNanos);
    }
}
