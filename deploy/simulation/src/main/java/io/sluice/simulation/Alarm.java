package io.sluice.simulation;

/** Wakes one machine. Only the soonest wish is kept: when it is granted, the machine names the next one. */
final class Alarm {
    private static final long NEVER = Long.MAX_VALUE;

    private final VirtualTime time;
    private final Clock clock;
    private final Runnable wake;
    private long setForNanos = NEVER;

    Alarm(VirtualTime time, Clock clock, Runnable wake) {
        this.time = time;
        this.clock = clock;
        this.wake = wake;
    }

    /** @param ownNanos on the machine's own clock */
    void set(long ownNanos) {
        if (ownNanos >= setForNanos) return;
        setForNanos = ownNanos;
        time.at(clock.when(ownNanos), () -> {
            if (setForNanos != ownNanos) return;
            setForNanos = NEVER;
            wake.run();
        });
    }
}
