package io.sluice.sharder.balance;

import io.sluice.sharder.Resource;

/** A pod that was chosen for a call which has not begun, and need not. */
public final class Choice {
    private final Balancer balancer;
    private final Vitals vitals;

    Choice(Balancer balancer, Vitals vitals) {
        this.balancer = balancer;
        this.vitals = vitals;
    }

    public Resource pod() {
        return vitals.pod;
    }

    /** From now on the call is in flight. */
    public Pick begin(long nowNanos) {
        return new Pick(balancer, vitals, nowNanos);
    }
}
