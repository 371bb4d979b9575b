package io.sluice.simulation;

import io.sluice.sharder.watch.Differences;
import io.sluice.sharder.watch.Downstream;
import io.sluice.sharder.watch.Feed;
import io.sluice.sharder.watch.Upstream;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One watch between a pod and the assigner. What arrives arrives in order, as on TCP; but, worse than TCP, single
 * messages may vanish without a word, so that the checksums and the questions for snapshots have work to do.
 */
final class Stream {
    private static final long SHORTEST_NANOS = TimeUnit.MICROSECONDS.toNanos(100);

    final SimulatedPod pod;
    final Feed feed;
    private final VirtualTime time;
    private final SplittableRandom random;
    private final Faults faults;
    private long upFreeAtNanos;
    private long downFreeAtNanos;
    private boolean broken;

    Stream(SimulatedPod pod, VirtualTime time, SplittableRandom random, Faults faults, Differences differences) {
        this.pod = pod;
        this.feed = new Feed(differences);
        this.time = time;
        this.random = random;
        this.faults = faults;
    }

    void up(Upstream message, Consumer<Upstream> receiver) {
        // The greeting is part of opening the stream: without it there is none.
        if (!(message instanceof Upstream.Hello) && lost()) return;
        upFreeAtNanos = arrival(upFreeAtNanos);
        time.at(upFreeAtNanos, () -> {
            if (!broken) receiver.accept(message);
        });
    }

    void down(Downstream message) {
        if (lost()) return;
        downFreeAtNanos = arrival(downFreeAtNanos);
        time.at(downFreeAtNanos, () -> {
            if (!broken) pod.receive(this, message);
        });
    }

    boolean isBroken() {
        return broken;
    }

    /** Neither side hears anything more; each learns of it by itself. */
    void breakDown() {
        broken = true;
    }

    private boolean lost() {
        return broken || faults.isCutOff(pod) || random.nextDouble() < faults.lossRate();
    }

    private long arrival(long notBeforeNanos) {
        long delay = SHORTEST_NANOS + random.nextLong(faults.longestDelayNanos());
        return Math.max(notBeforeNanos, time.nowNanos() + delay);
    }
}
