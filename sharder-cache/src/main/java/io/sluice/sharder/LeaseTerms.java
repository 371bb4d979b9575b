package io.sluice.sharder;

import java.time.Duration;

/**
 * How long a pod may serve without word from the store. Whoever watches a lease counts {@code length} on its own clock from
 * the last renewal it saw; the holder stops earlier, when {@code length} shortened by the clock-rate bound has passed on
 * the holder's clock since it <em>sent</em> the renewal. No clocks are compared, only their rates trusted: a holder's
 * clock may run slower than a watcher's by the factor {@code 65/60}, the bound of Centrifuge (NSDI 2010).
 *
 * @param renewal the pause between two renewals
 */
public record LeaseTerms(Duration length, Duration renewal) {
    /** A crashed pod's slices move after three seconds; two lost heartbeats in a row do no harm. */
    public static final LeaseTerms STANDARD = new LeaseTerms(Duration.ofSeconds(3), Duration.ofSeconds(1));

    public LeaseTerms {
        if (renewal.isNegative() || renewal.isZero() || renewal.multipliedBy(2).compareTo(length) > 0)
            throw new IllegalArgumentException(
                    "a lease of " + length + " renewed every " + renewal + " would not survive one lost renewal");
    }

    /** Counted by whoever waits for the lease to run out. */
    public long grantedNanos() {
        return length.toNanos();
    }

    /** Counted by the holder, from the sending of the renewal. */
    public long heldNanos() {
        return heldOf(length.toNanos());
    }

    /** As much of a time that another clock counts as may be relied on by one's own. */
    public long heldOf(long nanos) {
        return nanos / 65 * 60;
    }

    public long renewalNanos() {
        return renewal.toNanos();
    }
}
