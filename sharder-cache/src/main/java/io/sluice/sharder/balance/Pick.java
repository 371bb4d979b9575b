package io.sluice.sharder.balance;

import io.sluice.sharder.Resource;
import java.util.concurrent.atomic.AtomicBoolean;

/** A pod that was chosen for one call. The call counts as in flight until {@link #done}. Thread-safe. */
public final class Pick {
    private final Balancer balancer;
    private final Vitals vitals;
    private final long begunNanos;
    private final AtomicBoolean isDone = new AtomicBoolean();

    Pick(Balancer balancer, Vitals vitals, long nowNanos) {
        this.balancer = balancer;
        this.vitals = vitals;
        this.begunNanos = nowNanos;
        vitals.begin();
    }

    public Resource pod() {
        return vitals.pod;
    }

    /** The call has ended. Only the first word counts. */
    public void done(Outcome outcome, long nowNanos) {
        if (isDone.compareAndSet(false, true))
            balancer.done(vitals, outcome, Math.max(1, nowNanos - begunNanos), nowNanos);
    }
}
