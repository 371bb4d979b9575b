package io.sluice.sharder.balance;

import io.sluice.sharder.Resource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Spreads the calls of one process over pods. No clock, no thread, no I/O: time and chance are passed in, so that a test
 * can replay every decision. Thread-safe; picking and ending a call take no lock.
 *
 * <p>Four habits together. <em>Power of two choices</em>: of two pods drawn at random the one with the smaller product of
 * queue and latency. <em>Zone first</em>: the caller's own zone, until too few of its pods are well or they are full.
 * <em>Slow start</em>: a fresh pod counts as a small one for a while. <em>Ejection</em>: a pod that fails again and again,
 * or far more often than the others, is left alone for pauses that grow; never more than a share of all pods, and a call
 * for which nobody else is left goes to an ejected pod after all.
 */
public final class Balancer {
    private final BalanceTerms terms;
    private final String zone;
    private final Supplier<? extends RandomGenerator> random;
    private final Map<Resource, Condition> known = new ConcurrentHashMap<>();

    /**
     * @param zone of the caller
     * @param random asked once for each pick, on the thread that picks
     */
    public Balancer(BalanceTerms terms, String zone, Supplier<? extends RandomGenerator> random) {
        this.terms = terms;
        this.zone = zone;
        this.random = random;
    }

    public static Balancer inZone(String zone) {
        return new Balancer(BalanceTerms.STANDARD, zone, ThreadLocalRandom::current);
    }

    /** Prepares picks among these pods. What is known of a pod is shared by all groups that contain it. */
    public Group group(List<Candidate> candidates, long nowNanos) {
        int size = candidates.size();
        Condition[] pods = new Condition[size];
        double[] capacity = new double[size];
        boolean[] isHome = new boolean[size];
        for (int i = 0; i < size; i++) {
            Candidate candidate = candidates.get(i);
            pods[i] = known.computeIfAbsent(candidate.pod(), pod -> new Condition(pod, nowNanos));
            capacity[i] = candidate.capacity();
            isHome[i] = candidate.zone().equals(zone);
        }
        return new Group(terms, pods, capacity, isHome);
    }

    /** Chooses, and counts the call as begun. Requires a group with somebody in it. */
    public Pick pick(Group group, long nowNanos) {
        return choose(group, nowNanos).begin(nowNanos);
    }

    /** For callers that may not come to call after all. Requires a group with somebody in it. */
    public Choice choose(Group group, long nowNanos) {
        if (group.isEmpty()) throw new IllegalArgumentException("nobody to pick from");
        return new Choice(this, group.pick(random.get(), nowNanos));
    }

    /** Forgets all pods but these. */
    public void retain(Collection<Resource> pods) {
        known.keySet().retainAll(Set.copyOf(pods));
    }

    /** Whether the pod is being left alone. */
    public boolean isEjected(Resource pod, long nowNanos) {
        Condition condition = known.get(pod);
        return condition != null && condition.isEjected(nowNanos);
    }

    void done(Condition condition, Outcome outcome, long tookNanos, long nowNanos) {
        if (outcome == Outcome.ABANDONED) {
            condition.abandon();
            return;
        }
        boolean wasOnProbation = condition.isOnProbation(nowNanos);
        History history = condition.end(outcome, tookNanos, nowNanos, terms);
        if (outcome == Outcome.FAILED && (wasOnProbation || isOutlier(condition, history, nowNanos)))
            eject(condition, nowNanos);
    }

    private boolean isOutlier(Condition condition, History history, long nowNanos) {
        if (condition.isEjected(nowNanos)) return false;
        if (history.failuresInARow() >= terms.failuresInARow()) return true;
        if (history.calls() < BalanceTerms.FEWEST_CALLS) return false;
        double share = history.failures() / history.calls();
        return share >= BalanceTerms.SUSPECT_SHARE && share >= 2 * failureShareOfOthers(condition);
    }

    // When all fail alike the trouble lies behind them, and leaving some alone would only burden the rest.
    private double failureShareOfOthers(Condition suspect) {
        double calls = 0;
        double failures = 0;
        for (Condition other : known.values()) {
            if (other == suspect) continue;
            calls += other.history().calls();
            failures += other.history().failures();
        }
        return calls == 0 ? 1 : failures / calls;
    }

    // Rare, so it may lock: two threads must not both take the last place.
    private synchronized void eject(Condition condition, long nowNanos) {
        if (condition.isEjected(nowNanos)) return;
        long ejected =
                known.values().stream().filter(v -> v.isEjected(nowNanos)).count();
        if (ejected + 1 <= known.size() * terms.ejectableShare()) condition.eject(nowNanos, terms);
    }
}
