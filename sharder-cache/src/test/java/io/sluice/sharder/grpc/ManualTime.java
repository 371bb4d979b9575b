package io.sluice.sharder.grpc;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** A clock that only a test moves. */
final class ManualTime implements Time {
    private final PriorityQueue<Wish> wishes = new PriorityQueue<>(Comparator.comparingLong(Wish::atNanos));
    private long nowNanos;

    private record Wish(long atNanos, Runnable task) {}

    @Override
    public synchronized long nanos() {
        return nowNanos;
    }

    @Override
    public void wakeAt(long atNanos, Runnable task) {
        synchronized (this) {
            wishes.add(new Wish(atNanos, task));
        }
        runDue();
    }

    void advance(Duration step) {
        synchronized (this) {
            nowNanos += step.toNanos();
        }
        runDue();
    }

    private void runDue() {
        List<Runnable> due = new ArrayList<>();
        synchronized (this) {
            while (!wishes.isEmpty() && wishes.peek().atNanos() <= nowNanos)
                due.add(wishes.remove().task());
        }
        due.forEach(Runnable::run);
    }
}
