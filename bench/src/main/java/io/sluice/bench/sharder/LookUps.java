package io.sluice.bench.sharder;

import io.sluice.bench.figure.Figure;
import io.sluice.bench.figure.Report;
import io.sluice.sharder.Assignment;
import io.sluice.sharder.Generation;
import io.sluice.sharder.Hold;
import io.sluice.sharder.Ownership;
import io.sluice.sharder.Resource;
import io.sluice.sharder.Slice;
import io.sluice.sharder.SliceKey;
import io.sluice.sharder.Tenure;
import io.sluice.sharder.slicelet.Holdings;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Questions to a map of 4,096 slices, with keys at random, by JMH in a process of its own. Told is the median of the
 * rounds, so that what else the machine does now and then does not count.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 50, time = 100, timeUnit = TimeUnit.MILLISECONDS)
public class LookUps {
    private static final int SLICES = 4_096;
    private static final int PODS = 128;
    private static final int KEYS = 1 << 14;
    private static final String ALLOCATION = "gc.alloc.rate.norm";
    // What the profiler itself leaves behind, spread over all operations, is not a byte for any of them.
    private static final double NO_BYTE = 0.5;

    private final Assignment assignment = assignment();
    private final Holdings holdings = new Holdings(assignment, pod(0), Long.MAX_VALUE);
    private final SliceKey[] keys =
            new SplittableRandom(1).longs(KEYS).mapToObj(SliceKey::new).toArray(SliceKey[]::new);
    private int at;

    /** Whom to ask: what a clerk does for each request. */
    @Benchmark
    public Optional<Resource> lookup() {
        return assignment.ownerOf(next());
    }

    /** Whether this pod may answer: what a warm read does before and after it reads. */
    @Benchmark
    public Ownership.Answer ownership() {
        return holdings.owns(next(), System.nanoTime());
    }

    private SliceKey next() {
        return keys[at++ & (KEYS - 1)];
    }

    static void tell(Report report, String peer) {
        for (RunResult result : run()) {
            String name = result.getPrimaryResult().getLabel();
            double nanos = result.getPrimaryResult().getStatistics().getPercentile(50);
            report.tell(Figures.less(name + "_ns", nanos, "ns").within(100).beside(peer));
            double bytes = Objects.requireNonNull(result.getSecondaryResults().get(ALLOCATION), "the profiler was on")
                    .getScore();
            Figure allocated = Figures.less(name + "_allocated_bytes", bytes < NO_BYTE ? 0 : bytes, "B per operation");
            report.tell(allocated.within(0));
        }
    }

    private static Iterable<RunResult> run() {
        try {
            return new Runner(new OptionsBuilder()
                            .include(LookUps.class.getName() + "\\..*")
                            .addProfiler(GCProfiler.class)
                            .verbosity(VerboseMode.SILENT)
                            .build())
                    .run();
        } catch (RunnerException e) {
            throw new IllegalStateException("JMH could not measure look-ups", e);
        }
    }

    private static Assignment assignment() {
        List<Tenure> tenures = new ArrayList<>(SLICES);
        long width = Long.divideUnsigned(-1L, SLICES) + 1;
        for (int i = 0; i < SLICES; i++) {
            Slice slice = Slice.closed(new SliceKey(i * width), new SliceKey(i * width + width - 1));
            tenures.add(new Tenure(slice, pod(i % PODS), new Generation(1, 1), Hold.FIRM));
        }
        return new Assignment(new Generation(1, 1), tenures);
    }

    private static Resource pod(int number) {
        return new Resource("pod-" + number, "pod-" + number + ":8080", 1);
    }
}
