package io.sluice.simulation.traffic;

import io.sluice.sharder.placement.Plan;
import io.sluice.sharder.placement.Policy;
import io.sluice.sharder.placement.RoundEvent;
import io.sluice.sharder.placement.RoundMachine;
import java.util.Optional;

/** Who decides what stands where: the product, or one of its rivals. */
interface Rule {
    Optional<Plan> on(RoundEvent event, long nowNanos);

    Optional<Plan> advance(long nowNanos);

    /** Whether it asks pods for their load; rivals that do not know any, or are shown the true one, need no requests. */
    boolean isToldReports();

    static Rule product(Policy policy, long nowNanos) {
        RoundMachine machine = new RoundMachine(policy, nowNanos, () -> true);
        return new Rule() {
            @Override
            public Optional<Plan> on(RoundEvent event, long nowNanos) {
                return machine.on(event, nowNanos).plan();
            }

            @Override
            public Optional<Plan> advance(long nowNanos) {
                return machine.advance(nowNanos).plan();
            }

            @Override
            public boolean isToldReports() {
                return true;
            }
        };
    }
}
