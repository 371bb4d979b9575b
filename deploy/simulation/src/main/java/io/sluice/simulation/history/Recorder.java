package io.sluice.simulation.history;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongSupplier;

/** Writes down what clients do to a real system. Safe for all threads. */
public final class Recorder {
    private final ConcurrentLinkedQueue<Operation> operations = new ConcurrentLinkedQueue<>();
    private final AtomicLong processes = new AtomicLong();
    private final LongSupplier nanos;

    public Recorder() {
        this(System::nanoTime);
    }

    Recorder(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** A client. One thread at a time may use it. */
    public final class Process {
        private long id = processes.incrementAndGet();

        /** @param ask answers what it saw; empty if it was told nothing. An exception counts as no answer. */
        public Optional<String> read(String key, Callable<Optional<String>> ask) {
            return call(key, ask, Action.Read::new);
        }

        /** @param ask answers whether it is known to be done; if not, it may have been done all the same */
        public boolean write(String key, String value, Callable<Boolean> ask) {
            return call(key, () -> ask.call() ? Optional.of(value) : Optional.empty(), Action.Write::new)
                    .or(() -> {
                        unknown(key, new Action.Write(value));
                        return Optional.empty();
                    })
                    .isPresent();
        }

        private long invoked;

        private Optional<String> call(String key, Callable<Optional<String>> ask, Function<String, Action> meaning) {
            invoked = nanos.getAsLong();
            try {
                Optional<String> answer = ask.call();
                long returned = nanos.getAsLong();
                answer.ifPresent(
                        seen -> operations.add(new Operation(id, key, meaning.apply(seen), invoked, returned)));
                return answer;
            } catch (Exception e) {
                return Optional.empty();
            }
        }

        // What may still happen must not stand before what this client does next, so that is somebody else's.
        private void unknown(String key, Action action) {
            operations.add(new Operation(id, key, action, invoked, Operation.UNKNOWN));
            id = processes.incrementAndGet();
        }
    }

    public Process process() {
        return new Process();
    }

    /** A register whose value was written before the clients began. */
    public void initially(String key, String value) {
        long before = nanos.getAsLong();
        operations.add(new Operation(0, key, new Action.Write(value), before, before));
    }

    public List<Operation> history() {
        return List.copyOf(operations);
    }
}
