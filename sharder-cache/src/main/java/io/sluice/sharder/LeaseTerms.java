package io.sluice.sharder;

import java.time.Duration;

/**
 * How long a pod may serve without word from the assigner. The assigner gives a slice on when {@code length} has passed
 * on its clock since it last renewed the former owner's lease; the owner stops earlier, when {@code length} shortened
 * by the clock-rate bound has passed on its own clock since it <em>sent</em> the heartbeat. No clocks are compared, only
 * their rates trusted: an owner's clock may run slower than the assigner's by the factor {@code 65/60}, the bound of
 * Centrifuge (NSDI 2010).
 *
 * @param renewal the pause between two heartbeats
 */
public record LeaseTerms(Duration length, Duration renewal) {
    /** A crashed pod's slices move after three seconds; two lost heartbeats in a row do no harm. */
    public static final LeaseTerms STANDARD = new LeaseTerms(Duration.ofSeconds(3), Duration.ofSeconds(1));

    public LeaseTerms {
        if (renewal.isNegative() || renewal.isZero() || renewal.multipliedBy(2).compareTo(length) > 0)
            throw new IllegalArgumentException(
                    "a lease of " + length + " renewed every " + renewal + " would not survive one lost heartbeat");
    }

    /** Counted by the assigner, from the renewal. */
    public long grantedNanos() {
        return length.toNanos();
    }

    /** Counted by the holder, from the sending of the heartbeat. */
    public long heldNanos() {
        return length.toNanos() / 65 * 60;
    }

    public long renewalNanos() {
        return renewal.toNanos();
    }
}
