package io.sluice.simulation;

import io.sluice.sharder.placement.Policy;
import java.util.function.ToDoubleFunction;
import java.util.stream.LongStream;

/** How long keys are without an owner, or pods without an assigner, after a crash in a healthy world. Seconds, sorted. */
public record Recovery(double[] seconds) {
    private static final int PODS = 5;

    public static Recovery ofPods(long firstSeed, int count) {
        return of(firstSeed, count, World::secondsToReassign);
    }

    public static Recovery ofAssigners(long firstSeed, int count) {
        return of(firstSeed, count, World::secondsToTakeOver);
    }

    public double percentile(double percent) {
        return seconds[(int) Math.ceil(seconds.length * percent / 100) - 1];
    }

    private static Recovery of(long firstSeed, int count, ToDoubleFunction<World> measure) {
        return new Recovery(LongStream.range(firstSeed, firstSeed + count)
                .parallel()
                .mapToDouble(seed -> measure.applyAsDouble(new World(seed, PODS, Trouble.NORMAL, Policy.DEFAULT)))
                .sorted()
                .toArray());
    }
}
