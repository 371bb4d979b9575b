package io.sluice.bench.sharder;

import com.sun.management.ThreadMXBean;
import io.sluice.bench.figure.Rounds;
import io.sluice.sharder.Assignment;
import io.sluice.sharder.Generation;
import io.sluice.sharder.Hold;
import io.sluice.sharder.Resource;
import io.sluice.sharder.Slice;
import io.sluice.sharder.SliceKey;
import io.sluice.sharder.Tenure;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Who owns this key? Asked of a map of 4,096 slices, with keys at random. */
record LookUps(double nanos, double bytes) {
    private static final int SLICES = 4_096;
    private static final int KEYS = 1 << 14;
    private static final int TIMES = 1 << 20;
    private static final int ROUNDS = 21;

    static LookUps measure() {
        Assignment assignment = assignment();
        SliceKey[] keys =
                new SplittableRandom(1).longs(KEYS).mapToObj(SliceKey::new).toArray(SliceKey[]::new);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        double[] nanos = new double[ROUNDS];
        double[] bytes = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            long allocated =
                    threads.getThreadAllocatedBytes(Thread.currentThread().getId());
            long cpu = threads.getCurrentThreadCpuTime();
            long found = ask(assignment, keys);
            nanos[round] = (threads.getCurrentThreadCpuTime() - cpu) / (double) TIMES;
            bytes[round] =
                    threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - allocated;
            if (found != TIMES) throw new IllegalStateException("a key has no owner");
        }
        return new LookUps(Rounds.median(nanos), Math.floor(Rounds.median(bytes) / TIMES));
    }

    private static long ask(Assignment assignment, SliceKey[] keys) {
        long found = 0;
        for (int i = 0; i < TIMES; i++)
            if (assignment.ownerOf(keys[i & (KEYS - 1)]).isPresent()) found++;
        return found;
    }

    private static Assignment assignment() {
        List<Tenure> tenures = new ArrayList<>(SLICES);
        long width = Long.divideUnsigned(-1L, SLICES) + 1;
        for (int i = 0; i < SLICES; i++) {
            Slice slice = Slice.closed(new SliceKey(i * width), new SliceKey(i * width + width - 1));
            Resource owner = new Resource("pod-" + i % 128, "pod-" + i % 128 + ":8080", 1);
            tenures.add(new Tenure(slice, owner, new Generation(1, 1), Hold.FIRM));
        }
        return new Assignment(new Generation(1, 1), tenures);
    }
}
