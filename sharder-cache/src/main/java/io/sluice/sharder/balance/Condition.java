package io.sluice.sharder.balance;

import io.sluice.sharder.Resource;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** How one pod is doing, as far as this process can tell. Thread-safe; the sentence is passed under the balancer's lock. */
final class Condition {
    final Resource pod;
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicReference<History> history = new AtomicReference<>(History.NONE);
    private volatile Sentence sentence;

    /**
     * @param untilNanos until then the pod is left alone; from then on it starts slowly
     * @param times how often in a row
     */
    record Sentence(long untilNanos, int times) {}

    Condition(Resource pod, long nowNanos) {
        this.pod = pod;
        this.sentence = new Sentence(nowNanos, 0);
    }

    void begin() {
        inFlight.incrementAndGet();
    }

    void abandon() {
        inFlight.decrementAndGet();
    }

    History end(Outcome outcome, long tookNanos, long nowNanos, BalanceTerms terms) {
        inFlight.decrementAndGet();
        double memory = terms.memory().toNanos();
        return history.updateAndGet(h -> h.after(outcome, tookNanos, nowNanos, memory));
    }

    int inFlight() {
        return inFlight.get();
    }

    History history() {
        return Objects.requireNonNull(history.get());
    }

    boolean isEjected(long nowNanos) {
        return nowNanos < sentence.untilNanos();
    }

    /** Whether the pod came back and has not answered since. */
    boolean isOnProbation(long nowNanos) {
        History seen = history();
        return sentence.times() > 0 && !isEjected(nowNanos) && seen.calls() == seen.failures();
    }

    void eject(long nowNanos, BalanceTerms terms) {
        boolean didWell =
                nowNanos - sentence.untilNanos() > terms.longestPause().toNanos();
        int times = didWell ? 1 : sentence.times() + 1;
        sentence = new Sentence(nowNanos + terms.pauseNanos(times), times);
        history.updateAndGet(History::forgiven);
    }

    /** From {@link BalanceTerms#LEAST_WARMTH} to 1, while the slow start lasts. */
    double warmth(long nowNanos, BalanceTerms terms) {
        double age =
                (double) (nowNanos - sentence.untilNanos()) / terms.slowStart().toNanos();
        return Math.min(1, Math.max(BalanceTerms.LEAST_WARMTH, age));
    }
}
