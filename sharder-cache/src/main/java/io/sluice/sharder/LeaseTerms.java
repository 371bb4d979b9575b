package io.sluice.sharder;

import java.time.Duration;

/**
 * How long a pod may serve without renewing its lease, which stands in the store. Nobody grants it but the store, and
 * nobody's clock is compared with another's: the holder stops when {@code length} shortened by the clock-rate bound has
 * passed on its own clock since it <em>sent</em> the renewal; an assigner that wants a slice back waits for
 * {@code length} on its own clock while it sees the count of renewals stand still. Only the rates of the two clocks are
 * trusted: the holder's may be slower than the assigner's by the factor {@code 65/60}, the bound of Centrifuge (NSDI
 * 2010).
 *
 * @param renewal the pause between two renewals, and between two heartbeats
 */
public record LeaseTerms(Duration length, Duration renewal) {
    /** A crashed pod's slices move after three seconds; one renewal that is never answered does no harm. */
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
