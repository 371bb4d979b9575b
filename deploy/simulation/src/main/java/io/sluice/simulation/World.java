package io.sluice.simulation;

import io.sluice.sharder.Resource;
import io.sluice.sharder.Tenure;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** One run: pods, an assigner, and a seed that decides all that befalls them. */
final class World {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    // Two clocks that err by this much in opposite directions stay within the bound of the leases, 65/60.
    private static final double CLOCK_ERROR = 0.039;
    private static final long HEALING_NANOS = 30 * SECOND;

    private final VirtualTime time = new VirtualTime();
    private final SplittableRandom random;
    private final Faults faults;
    private final SimulatedAssigner assigner;
    private final List<SimulatedPod> pods = new ArrayList<>();
    private final Invariants invariants = new Invariants();
    private long lives;
    private long steps;

    World(long seed, int podCount) {
        this.random = new SplittableRandom(seed);
        this.faults = new Faults(random.split());
        this.assigner = new SimulatedAssigner(clock(), time, random.split(), faults);
        for (int i = 0; i < podCount; i++) pods.add(start("pod-" + i));
    }

    Report run(int minutes) {
        long troubleEndNanos = TimeUnit.MINUTES.toNanos(minutes);
        scheduleTrouble();
        runUntil(troubleEndNanos);
        heal();
        runUntil(troubleEndNanos + HEALING_NANOS);
        checkHealed();
        return new Report(
                steps, faults.count(), assigner.assignment().generation().number());
    }

    /** @param generations how many assignments were published */
    record Report(long steps, int faults, long generations) {}

    private void runUntil(long endNanos) {
        while (time.step(endNanos)) {
            steps++;
            invariants.check(assigner, pods);
        }
    }

    private void scheduleTrouble() {
        time.after(SECOND / 4 + random.nextLong(4 * SECOND), () -> {
            if (faults.isHealed()) return;
            faults.counted();
            befall(random.nextInt(pods.size()));
            scheduleTrouble();
        });
    }

    private void befall(int which) {
        SimulatedPod pod = pods.get(which);
        switch (random.nextInt(7)) {
            case 0 -> crash(which, random.nextLong(6 * SECOND));
            case 1 -> pod.pause(random.nextLong(8 * SECOND));
            case 2 -> assigner.cut(pod);
            case 3 -> isolate(pod, random.nextLong(8 * SECOND));
            case 4 -> replace(which);
            case 5 -> restartPolitely(which);
            default -> crash(which, 0);
        }
    }

    private void crash(int which, long downNanos) {
        SimulatedPod pod = pods.get(which);
        pod.crash();
        time.after(downNanos, () -> {
            if (pods.get(which) == pod) pods.set(which, start(pod.self.name()));
        });
    }

    private void isolate(SimulatedPod pod, long nanos) {
        faults.cutOff(pod);
        time.after(nanos, () -> faults.reconnect(pod));
    }

    // A second process takes over the address while the first still runs: what an operator's mistake looks like.
    private void replace(int which) {
        SimulatedPod former = pods.get(which);
        pods.set(which, start(former.self.name()));
        pods.add(former);
    }

    private void restartPolitely(int which) {
        SimulatedPod pod = pods.get(which);
        pod.leave();
        time.after(SECOND / 2, () -> {
            pod.crash();
            if (pods.get(which) == pod) pods.set(which, start(pod.self.name()));
        });
    }

    private void heal() {
        faults.heal();
        for (int i = 0; i < pods.size(); i++)
            if (!pods.get(i).isAlive()) pods.set(i, start(pods.get(i).self.name()));
    }

    /** Once all is well again, everything must be served: safety alone could be had by serving nothing. */
    private void checkHealed() {
        for (Tenure tenure : assigner.assignment().tenures()) {
            long owners =
                    pods.stream().filter(pod -> pod.owns(tenure.slice().low())).count();
            if (owners != 1) throw new AssertionError("after healing, " + owners + " pods serve " + tenure);
        }
    }

    private SimulatedPod start(String name) {
        Resource self = new Resource(name, name + ":8080", ++lives);
        return new SimulatedPod(self, clock(), time, random.split(), assigner);
    }

    private Clock clock() {
        double rate = 1 + CLOCK_ERROR * (2 * random.nextDouble() - 1);
        return new Clock(random.nextLong(1_000 * SECOND), rate);
    }
}
