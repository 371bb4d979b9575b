package io.sluice.replica.sync;

import java.time.Duration;
import java.time.Instant;

/** How a runner waits for the moment that the machine named. */
interface Pause {
    Pause SLEEP = (now, until) -> {
        Duration rest = Duration.between(now, until);
        if (rest.isNegative() || rest.isZero()) return;
        try {
            Thread.sleep(rest.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the next step notices
        }
    };

    void until(Instant now, Instant until);
}
