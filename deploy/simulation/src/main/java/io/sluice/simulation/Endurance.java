package io.sluice.simulation;

import io.sluice.simulation.World.Report;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/**
 * Small worlds in dense trouble, one seed after another, until so many faults have befallen them or the time is over. A
 * seed gives the same world on every machine; how many of them there is time for does not.
 *
 * @param faults crashes, pauses, cut-offs and the like; lost and late messages are not counted
 * @param broken worlds in which a key had two owners or another invariant did not hold
 * @param unhealed worlds in which, a minute after the last fault, a key had no owner
 */
public record Endurance(long firstSeed, long worlds, long faults, long broken, long unhealed) {
    private static final int PODS = 4;
    private static final int MINUTES = 1;

    public static Endurance of(long firstSeed, long wantedFaults, long longestNanos) {
        AtomicLong seeds = new AtomicLong(firstSeed);
        AtomicLong faults = new AtomicLong();
        AtomicLong broken = new AtomicLong();
        AtomicLong unhealed = new AtomicLong();
        AtomicBoolean isOver = new AtomicBoolean();
        long beginNanos = System.nanoTime();
        int threads = Runtime.getRuntime().availableProcessors();
        IntStream.range(0, threads).parallel().forEach(thread -> {
            while (!isOver.get()) {
                run(seeds.getAndIncrement(), faults, broken, unhealed);
                if (faults.get() >= wantedFaults || System.nanoTime() - beginNanos >= longestNanos) isOver.set(true);
            }
        });
        return new Endurance(firstSeed, seeds.get() - firstSeed, faults.get(), broken.get(), unhealed.get());
    }

    private static void run(long seed, AtomicLong faults, AtomicLong broken, AtomicLong unhealed) {
        try {
            Report report = new World(seed, PODS, Trouble.DENSE, World.SMALL).run(MINUTES);
            faults.addAndGet(report.faults());
        } catch (AssertionError | RuntimeException found) {
            System.err.printf("seed %d: %s%n", seed, found);
            (found instanceof UnhealedError ? unhealed : broken).incrementAndGet();
        }
    }
}
