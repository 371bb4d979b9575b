package io.sluice.replica.sync;

import io.sluice.model.failure.Failure;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Does the same to many things, a few at a time. The first failure stops the rest and is thrown. */
final class Workers {
    private final int count;

    Workers(int count) {
        this.count = count;
    }

    interface Task<T, R> {
        R apply(T item) throws IOException;
    }

    /** Answers in the order of the items. No task is running any more when this returns or throws. */
    <T, R> List<R> map(List<T> items, Task<T, R> task) throws IOException {
        if (items.isEmpty()) return List.of();
        Batch<T, R> batch = new Batch<>(items, task);
        ExecutorService pool = Executors.newFixedThreadPool(Math.min(count, items.size()));
        try {
            List<Future<?>> running = IntStream.range(0, Math.min(count, items.size()))
                    .<Future<?>>mapToObj(worker -> pool.submit(batch::work))
                    .toList();
            for (Future<?> worker : running) await(worker, batch);
        } finally {
            pool.shutdown();
        }
        return batch.results();
    }

    private static void await(Future<?> worker, Batch<?, ?> batch) {
        boolean interrupted = false;
        while (true) {
            try {
                worker.get();
                break;
            } catch (InterruptedException e) {
                interrupted = true; // the workers stop at their next item; leaving earlier would leave them reading
                batch.stop(
                        Failure.unavailable(e, "The sync was interrupted. Start it again; it goes on where it was."));
            } catch (ExecutionException e) {
                throw new IllegalStateException("a worker let a failure escape", e);
            }
        }
        if (interrupted) Thread.currentThread().interrupt();
    }

    private static final class Batch<T, R> {
        private final List<T> items;
        private final Task<T, R> task;
        private final @Nullable Object[] results;
        private final AtomicInteger next = new AtomicInteger();
        private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

        Batch(List<T> items, Task<T, R> task) {
            this.items = items;
            this.task = task;
            this.results = new Object[items.size()];
        }

        void work() {
            for (int i = next.getAndIncrement(); i < items.size() && failure.get() == null; i = next.getAndIncrement())
                try {
                    results[i] = task.apply(items.get(i));
                } catch (Throwable e) {
                    stop(e);
                }
        }

        void stop(Throwable reason) {
            failure.compareAndSet(null, reason);
        }

        @SuppressWarnings("unchecked") // filled by work() alone
        List<R> results() throws IOException {
            Throwable thrown = failure.get();
            if (thrown instanceof IOException io) throw io;
            if (thrown instanceof RuntimeException unchecked) throw unchecked;
            if (thrown instanceof Error error) throw error;
            return (List<R>) Arrays.asList(results);
        }
    }
}
