package io.sluice.sharder.balance;

import static io.sluice.sharder.testkit.Maps.pod;

import io.sluice.sharder.Resource;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.SplittableRandom;

/**
 * Pods with queues in virtual time: each serves a few calls at once, the others wait. Callers come at random moments
 * and are sent where a chooser says.
 */
final class Hall {
    private static final int SERVERS = 4;

    private final SplittableRandom random;
    private final PriorityQueue<Event> events = new PriorityQueue<>(Comparator.comparingLong(Event::atNanos));
    private final Map<Resource, Desk> desks = new HashMap<>();
    private final Chooser chooser;
    private final List<Long> latencies = new ArrayList<>();
    private long nowNanos;
    private int failures;

    /** Who takes the next call. */
    interface Chooser {
        Pick next(long nowNanos);
    }

    private record Event(long atNanos, Runnable what) {}

    /** One pod. Dead ones refuse at once; slow ones take longer for everything. */
    static final class Desk {
        final Resource pod;
        double meanMillis = 10;
        boolean dead;
        int taken;
        private int busy;
        private final Queue<Runnable> waiting = new ArrayDeque<>();

        Desk(Resource pod) {
            this.pod = pod;
        }

        int load() {
            return busy + waiting.size();
        }
    }

    Hall(long seed, Chooser chooser) {
        this.random = new SplittableRandom(seed);
        this.chooser = chooser;
    }

    Desk desk(String name) {
        return desks.computeIfAbsent(pod(name), Desk::new);
    }

    long nowNanos() {
        return nowNanos;
    }

    int failures() {
        return failures;
    }

    Duration percentile(double share) {
        List<Long> sorted = latencies.stream().sorted().toList();
        return Duration.ofNanos(sorted.get((int) (share * (sorted.size() - 1))));
    }

    /** Callers come for so long, at this rate; then the counts start anew. */
    Hall run(Duration time, double callsPerSecond) {
        latencies.clear();
        failures = 0;
        desks.values().forEach(desk -> desk.taken = 0);
        long end = nowNanos + time.toNanos();
        for (double at = nowNanos + gap(callsPerSecond); at < end; at += gap(callsPerSecond))
            schedule((long) at, this::call);
        while (!events.isEmpty() && events.peek().atNanos() <= end) {
            Event event = events.remove();
            nowNanos = event.atNanos();
            event.what().run();
        }
        nowNanos = end;
        return this;
    }

    private double gap(double callsPerSecond) {
        return exponential(1e9 / callsPerSecond);
    }

    private void call() {
        Pick pick = chooser.next(nowNanos);
        Desk desk = desk(pick.pod().name());
        desk.taken++;
        long came = nowNanos;
        if (desk.dead) schedule(nowNanos + 100_000, () -> failed(pick));
        else if (desk.busy < SERVERS) serve(desk, pick, came);
        else desk.waiting.add(() -> serve(desk, pick, came));
    }

    private void failed(Pick pick) {
        failures++;
        pick.done(Outcome.FAILED, nowNanos);
    }

    private void serve(Desk desk, Pick pick, long came) {
        desk.busy++;
        schedule(nowNanos + (long) exponential(desk.meanMillis * 1e6), () -> {
            latencies.add(nowNanos - came);
            pick.done(Outcome.ANSWERED, nowNanos);
            desk.busy--;
            Runnable next = desk.waiting.poll();
            if (next != null) next.run();
        });
    }

    private double exponential(double mean) {
        return -Math.log(1 - random.nextDouble()) * mean;
    }

    private void schedule(long atNanos, Runnable what) {
        events.add(new Event(atNanos, what));
    }
}
