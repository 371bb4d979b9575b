package io.sluice.sharder.balance;

import io.sluice.sharder.Resource;
import java.util.concurrent.atomic.AtomicBoolean;

/** A pod that was chosen for one call. The call counts as in flight until {@link #done}. Thread-safe. */
public final class Pick {
    private final Balancer balancer;
    private final Condition condition;
    private final long begunNanos;
    private final AtomicBoolean isDone = new AtomicBoolean();

    Pick(Balancer balancer, Condition condition, long nowNanos) {
        this.balancer = balancer;
        this.condition = condition;
        this.begunNanos = nowNanos;
        condition.begin();
    }

    public Resource pod() {
        return condition.pod;
    }

    /** The call has ended. Only the first word counts. */
    public void done(Outcome outcome, long nowNanos) {
        if (isDone.compareAndSet(false, true))
            balancer.done(condition, outcome, Math.max(1, nowNanos - begunNanos), nowNanos);
    }
}
