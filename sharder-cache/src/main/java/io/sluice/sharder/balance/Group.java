package io.sluice.sharder.balance;

import java.util.random.RandomGenerator;

/**
 * The pods among which calls are balanced: those of one slice, or all. Made once by {@link Balancer#group} and used for
 * many picks. Immutable but for what is known of the pods; a pick looks at each of them once and locks nothing.
 */
public final class Group {
    private static final int NOBODY = -1;

    private final BalanceTerms terms;
    private final Condition[] pods;
    private final double[] capacity;
    private final boolean[] isHome;

    /** Which pods a call may go to. */
    private enum Reach {
        HOME,
        AWAY,
        EVERYWHERE,
        /** Even those that are left alone: better a pod that seems dead than none. */
        ANYBODY
    }

    Group(BalanceTerms terms, Condition[] pods, double[] capacity, boolean[] isHome) {
        this.terms = terms;
        this.pods = pods;
        this.capacity = capacity;
        this.isHome = isHome;
    }

    public boolean isEmpty() {
        return pods.length == 0;
    }

    Condition pick(RandomGenerator random, long nowNanos) {
        if (pods.length == 1) return pods[0];
        return pods[choose(random, nowNanos)];
    }

    private int choose(RandomGenerator random, long nowNanos) {
        double home = capacityWithin(Reach.HOME, nowNanos);
        double away = capacityWithin(Reach.AWAY, nowNanos);
        if (home + away == 0) return lighterOfTwo(Reach.ANYBODY, random, nowNanos);
        if (home == 0 || away == 0) return lighterOfTwo(Reach.EVERYWHERE, random, nowNanos);
        // Zone first; what the zone's sick pods cannot take goes elsewhere.
        double stays = BalanceTerms.HEADROOM * home / homeCapacity();
        if (stays < 1 && random.nextDouble() >= stays) return lighterOfTwo(Reach.AWAY, random, nowNanos);
        int near = lighterOfTwo(Reach.HOME, random, nowNanos);
        return isFull(near) ? lighter(near, lighterOfTwo(Reach.AWAY, random, nowNanos), nowNanos) : near;
    }

    /** The power of two choices: two at random, by capacity, and of these the one with less to do. */
    private int lighterOfTwo(Reach reach, RandomGenerator random, long nowNanos) {
        double all = capacityWithin(reach, nowNanos);
        int one = draw(reach, NOBODY, random.nextDouble() * all, nowNanos);
        double others = all - capacity[one];
        if (others <= all * 1e-9) return one;
        return lighter(one, draw(reach, one, random.nextDouble() * others, nowNanos), nowNanos);
    }

    private int draw(Reach reach, int except, double mark, long nowNanos) {
        int last = except;
        for (int i = 0; i < pods.length; i++) {
            if (i == except || !isWithin(reach, i, nowNanos)) continue;
            last = i;
            mark -= capacity[i];
            if (mark < 0) return i;
        }
        // Rounding, or a pod that was ejected since the sum was made.
        return last == NOBODY ? 0 : last;
    }

    private int lighter(int one, int other, long nowNanos) {
        boolean comparable =
                pods[one].history().isLatencyKnown() && pods[other].history().isLatencyKnown();
        return load(other, comparable, nowNanos) < load(one, comparable, nowNanos) ? other : one;
    }

    // A pod that was never tried is judged by its queue alone.
    private double load(int pod, boolean byLatency, long nowNanos) {
        Condition condition = pods[pod];
        double queue = (condition.inFlight() + 1) / (capacity[pod] * condition.warmth(nowNanos, terms));
        return byLatency
                ? queue * condition.history().latencyAt(nowNanos, terms.memory().toNanos())
                : queue;
    }

    private boolean isFull(int pod) {
        return pods[pod].inFlight() >= terms.fullAtInFlight() * capacity[pod];
    }

    private double capacityWithin(Reach reach, long nowNanos) {
        double sum = 0;
        for (int i = 0; i < pods.length; i++) if (isWithin(reach, i, nowNanos)) sum += capacity[i];
        return sum;
    }

    private double homeCapacity() {
        double sum = 0;
        for (int i = 0; i < pods.length; i++) if (isHome[i]) sum += capacity[i];
        return sum;
    }

    private boolean isWithin(Reach reach, int pod, long nowNanos) {
        return switch (reach) {
            case ANYBODY -> true;
            case EVERYWHERE -> !pods[pod].isEjected(nowNanos);
            case HOME -> isHome[pod] && !pods[pod].isEjected(nowNanos);
            case AWAY -> !isHome[pod] && !pods[pod].isEjected(nowNanos);
        };
    }
}
