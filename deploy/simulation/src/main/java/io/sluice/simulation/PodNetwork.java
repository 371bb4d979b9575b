package io.sluice.simulation;

import io.sluice.sharder.Resource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/** Calls from pod to pod: slow, lost on the way there or back, and answered by whoever is at the address now. */
final class PodNetwork {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final VirtualTime time;
    private final Faults faults;
    private final Function<String, Optional<SimulatedPod>> pods;

    /** @param pods who answers at an address */
    PodNetwork(VirtualTime time, Faults faults, Function<String, Optional<SimulatedPod>> pods) {
        this.time = time;
        this.faults = faults;
        this.pods = pods;
    }

    <T> void ask(
            SimulatedPod from, Resource to, Function<SimulatedLoans, T> question, Consumer<T> answer, Runnable lost) {
        SimulatedStore.Call<T> call =
                new SimulatedStore.Call<>(answered -> from.act(() -> answer.accept(answered)), () -> from.act(lost));
        time.after(PATIENCE_NANOS, call::giveUp);
        if (isLost(from)) return;
        time.after(
                faults.delayNanos(),
                () -> pods.apply(to.address())
                        .ifPresent(there -> there.act(() -> {
                            T answered = question.apply(there.loans());
                            if (!isLost(there)) time.after(faults.delayNanos(), () -> call.answer(answered));
                        })));
    }

    private boolean isLost(SimulatedPod pod) {
        return faults.isCutOff(pod) || faults.isLost();
    }
}
