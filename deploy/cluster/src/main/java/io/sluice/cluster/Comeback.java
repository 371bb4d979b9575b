package io.sluice.cluster;

import java.time.Duration;

/** How long to wait before what ended is started again: longer each time, until it has lived for a while. */
final class Comeback {
    static final Duration FIRST = Duration.ofMillis(250);
    static final Duration LONGEST = Duration.ofSeconds(15);
    /** Whoever lived that long did not end because of its start. */
    static final Duration SETTLED = Duration.ofSeconds(30);

    private Duration next = FIRST;

    Duration after(Duration life) {
        if (life.compareTo(SETTLED) >= 0) next = FIRST;
        Duration pause = next;
        Duration doubled = pause.multipliedBy(2);
        next = doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
        return pause;
    }
}
