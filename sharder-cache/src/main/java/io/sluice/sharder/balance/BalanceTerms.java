package io.sluice.sharder.balance;

import java.time.Duration;

/**
 * The constants of balancing.
 *
 * @param memory after this time an observation counts for a third (1/e)
 * @param slowStart how long a pod that is new or came back is treated as a small one
 * @param failuresInARow how many end the trust in a pod; one is enough while a returned pod has not answered yet
 * @param firstPause how long a pod is left alone the first time; each further time twice as long
 * @param longestPause the bound of that; a pod that did well for as long starts afresh
 * @param ejectableShare at most this share of the known pods is left alone at the same time
 * @param fullAtInFlight a pod of capacity 1 with so many calls in flight lets calls go to other zones
 */
public record BalanceTerms(
        Duration memory,
        Duration slowStart,
        int failuresInARow,
        Duration firstPause,
        Duration longestPause,
        double ejectableShare,
        int fullAtInFlight) {
    public static final BalanceTerms STANDARD = new BalanceTerms(
            Duration.ofSeconds(10), Duration.ofSeconds(30), 5, Duration.ofSeconds(1), Duration.ofMinutes(1), 0.5, 64);

    /** A fresh pod counts for at least this share of its capacity, so that it can prove itself. */
    static final double LEAST_WARMTH = 0.1;
    /** A zone gives calls away when fewer of its pods than 1 in 1.4 are well: Envoy's figure. */
    static final double HEADROOM = 1.4;
    /** Fewer recent calls than this say nothing about a pod's rate of success. */
    static final double FEWEST_CALLS = 20;
    /** From this share of failures on a pod is suspect, if the others do better. */
    static final double SUSPECT_SHARE = 0.5;

    public BalanceTerms {
        if (!isPositive(memory) || !isPositive(slowStart) || !isPositive(firstPause))
            throw new IllegalArgumentException("memory, slow start and pauses must be longer than nothing");
        if (longestPause.compareTo(firstPause) < 0)
            throw new IllegalArgumentException(
                    "the longest pause " + longestPause + " is shorter than the first " + firstPause);
        if (failuresInARow < 1 || fullAtInFlight < 1)
            throw new IllegalArgumentException("counts of failures and of calls in flight begin at 1");
        if (!(ejectableShare >= 0 && ejectableShare < 1))
            throw new IllegalArgumentException("a share of " + ejectableShare + " pods cannot be left alone");
    }

    /** @param times how often the pod has been left alone lately, this one included */
    long pauseNanos(int times) {
        long doubled = firstPause.toNanos() << Math.min(times - 1, 20);
        return Math.min(doubled < 0 ? Long.MAX_VALUE : doubled, longestPause.toNanos());
    }

    private static boolean isPositive(Duration duration) {
        return !duration.isNegative() && !duration.isZero();
    }
}
