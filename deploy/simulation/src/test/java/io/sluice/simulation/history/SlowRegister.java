package io.sluice.simulation.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A register that does one thing at a time, and clients that do not know when it does. What they wrote down is
 * linearizable by construction.
 */
final class SlowRegister {
    private static final int MOST_LATE = 200;

    private final SplittableRandom random;
    private final List<Planned> plans = new ArrayList<>();
    private final List<Operation> history = new ArrayList<>();
    private String value = Action.NOTHING;
    private long nextProcess;

    /** @param happens when it takes effect; after {@code returned} for what its client has given up */
    private record Planned(long process, int kind, String written, long invoked, long happens, long returned) {}

    SlowRegister(SplittableRandom random) {
        this.random = random;
    }

    List<Operation> run(int processes, int operationsEach, double lost) {
        for (int i = 0; i < processes; i++) plan(operationsEach, lost);
        plans.sort(Comparator.comparingLong(Planned::happens));
        plans.forEach(this::happen);
        return history;
    }

    private void plan(int operations, double lost) {
        long process = nextProcess++;
        long now = random.nextInt(20);
        for (int i = 0; i < operations; i++) {
            long invoked = now + random.nextInt(10);
            long happens = invoked + random.nextInt(30);
            long returned = happens + random.nextInt(30);
            boolean isLost = random.nextDouble() < lost;
            if (isLost) happens = random.nextBoolean() ? invoked + random.nextInt(MOST_LATE) : Operation.UNKNOWN;
            plans.add(new Planned(
                    process,
                    random.nextInt(4),
                    random.nextInt(8) == 0 ? Action.NOTHING : "v" + process + "." + i,
                    invoked,
                    happens,
                    isLost ? Operation.UNKNOWN : returned));
            if (isLost) process = nextProcess++;
            now = returned;
        }
    }

    private void happen(Planned plan) {
        boolean never = plan.happens == Operation.UNKNOWN;
        if (plan.kind < 2) write(plan, new Action.Read(value));
        else if (plan.kind == 2) {
            if (!never) value = plan.written;
            write(plan, new Action.Write(plan.written));
        } else {
            // Whoever swaps is told no if something else stood there, which is then a read of nothing in particular.
            String expected = value;
            if (!never) value = plan.written;
            write(plan, new Action.Swap(expected, plan.written));
        }
    }

    private void write(Planned plan, Action action) {
        history.add(new Operation(plan.process, "x", action, plan.invoked, plan.returned));
    }
}
