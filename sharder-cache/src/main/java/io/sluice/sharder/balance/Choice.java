package io.sluice.sharder.balance;

import io.sluice.sharder.Resource;

/** A pod that was chosen for a call which has not begun, and need not. */
public final class Choice {
    private final Balancer balancer;
    private final Condition condition;

    Choice(Balancer balancer, Condition condition) {
        this.balancer = balancer;
        this.condition = condition;
    }

    public Resource pod() {
        return condition.pod;
    }

    /** From now on the call is in flight. */
    public Pick begin(long nowNanos) {
        return new Pick(balancer, condition, nowNanos);
    }
}
