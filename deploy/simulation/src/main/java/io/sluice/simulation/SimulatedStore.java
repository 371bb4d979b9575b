package io.sluice.simulation;

import io.sluice.sharder.store.MemoryShardStore;
import io.sluice.sharder.store.ShardStore;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The store as it is seen over a network: a call takes a while to get there and its answer a while to get back, some of
 * them very long; either may be lost, and then the caller learns only that it waited in vain. What was lost on the way
 * back has happened, and what is slow happens late, when the caller has long given up.
 */
final class SimulatedStore {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(ShardStore.PATIENCE_SECONDS);

    private final MemoryShardStore store = new MemoryShardStore(1);
    private final VirtualTime time;
    private final SplittableRandom random;
    private final Faults faults;

    SimulatedStore(VirtualTime time, SplittableRandom random, Faults faults) {
        this.time = time;
        this.random = random;
        this.faults = faults;
    }

    ShardStore truth() {
        return store;
    }

    /** @param from who asks; whoever is cut off from the store gets no answer */
    <T> void ask(Object from, Function<ShardStore, T> question, Consumer<T> answer, Runnable lost) {
        Call<T> call = new Call<>(answer, lost);
        time.after(PATIENCE_NANOS, call::giveUp);
        if (isLost(from)) return;
        time.after(delayNanos(), () -> {
            T answered = question.apply(store);
            if (!isLost(from)) time.after(delayNanos(), () -> call.answer(answered));
        });
    }

    private boolean isLost(Object from) {
        return faults.isStoreAway() || faults.isCutOffFromStore(from) || random.nextDouble() < faults.lossRate();
    }

    private long delayNanos() {
        return TimeUnit.MICROSECONDS.toNanos(200) + random.nextLong(faults.longestDelayNanos());
    }

    /** One that is answered or given up, whichever comes first. */
    static final class Call<T> {
        private final Consumer<T> answer;
        private final Runnable lost;
        private boolean isOver;

        Call(Consumer<T> answer, Runnable lost) {
            this.answer = answer;
            this.lost = lost;
        }

        void answer(T answered) {
            if (isOver) return;
            isOver = true;
            answer.accept(answered);
        }

        void giveUp() {
            if (isOver) return;
            isOver = true;
            lost.run();
        }
    }
}
