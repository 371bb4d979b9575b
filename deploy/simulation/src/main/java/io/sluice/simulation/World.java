package io.sluice.simulation;

import io.sluice.sharder.Assignment;
import io.sluice.sharder.Resource;
import io.sluice.sharder.SliceKey;
import io.sluice.sharder.Tenure;
import io.sluice.sharder.placement.Policy;
import io.sluice.sharder.store.ShardStore;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** One run: pods, two candidates for the assigner, a store, and a seed that decides all that befalls them. */
final class World {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    // Two clocks that err by this much in opposite directions stay within the bound of the leases, 65/60.
    private static final double CLOCK_ERROR = 0.039;
    // The longest pause may begin last, and what it held up takes a while.
    private static final long HEALING_NANOS = 60 * SECOND;

    private static final long READ_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long WRITE_NANOS = TimeUnit.MILLISECONDS.toNanos(300);
    private static final int ASSIGNERS = 2;
    // Few slices for each pod: who owns what is at stake here, not how well it is spread.
    static final Policy SMALL = new Policy(0.06, 0.005, 0.9, 0.025, 1, 4, 80, 0.5, 0.5);

    private final VirtualTime time = new VirtualTime();
    private final SplittableRandom random;
    private final Faults faults;
    private final SimulatedStore store;
    private final List<SimulatedAssigner> assigners = new ArrayList<>();
    private final List<SimulatedPod> pods = new ArrayList<>();
    private final Register register = new Register();
    private final PodNetwork network;
    private final Invariants invariants = new Invariants();
    private final Trouble trouble;
    private final Policy policy;
    private final double clockError;
    private long lives;
    private long steps;

    World(long seed, int podCount) {
        this(seed, podCount, Trouble.NORMAL, Policy.DEFAULT);
    }

    World(long seed, int podCount, Trouble trouble, Policy policy) {
        this(seed, podCount, trouble, policy, CLOCK_ERROR);
    }

    private World(long seed, int podCount, Trouble trouble, Policy policy, double clockError) {
        this.clockError = clockError;
        this.trouble = trouble;
        this.policy = policy;
        this.random = new SplittableRandom(seed);
        this.faults = new Faults(random.split());
        this.store = new SimulatedStore(time, random.split(), faults);
        this.network = new PodNetwork(time, faults, this::podAt);
        for (int i = 0; i < ASSIGNERS; i++) assigners.add(startAssigner(i));
        for (int i = 0; i < podCount; i++) pods.add(start("pod-" + i));
    }

    /** One in which no clock errs, but for those of whoever joins with another one. */
    static World withExactClocks(long seed, int podCount) {
        return new World(seed, podCount, Trouble.NORMAL, SMALL, 0);
    }

    Report run(int minutes) {
        long troubleEndNanos = TimeUnit.MINUTES.toNanos(minutes);
        scheduleTrouble();
        runUntil(troubleEndNanos);
        heal();
        runUntil(troubleEndNanos + HEALING_NANOS);
        checkHealed();
        return new Report(
                steps, faults.count(), store.truth().map().generation().number());
    }

    /** With a value that its owner writes and all pods read, from loans where they have one. It takes several times as long. */
    Report runWithReaders(int minutes) {
        readAndWrite();
        Report report = run(minutes);
        checkReadable();
        return report;
    }

    /** Seconds from a pod's crash, while all else is well, until others serve all that it served. */
    double secondsToReassign() {
        settle();
        SimulatedPod crashed = pods.get(random.nextInt(pods.size()));
        List<SliceKey> held = store.truth().map().tenures().stream()
                .map(tenure -> tenure.slice().low())
                .filter(crashed::owns)
                .toList();
        crashed.crash();
        return secondsUntil(() -> held.stream().allMatch(key -> pods.stream().anyMatch(pod -> pod.owns(key))));
    }

    /** Seconds from the assigner's crash, while all else is well, until another one assigns from the same map. */
    double secondsToTakeOver() {
        settle();
        assigners.stream()
                .filter(SimulatedAssigner::isInOffice)
                .findFirst()
                .orElseThrow()
                .crash();
        return secondsUntil(() -> assigners.stream()
                .anyMatch(each -> each.isInOffice() && !each.assignment().isEmpty()));
    }

    /** Without any trouble until all keys are served. @return the time then */
    long settle() {
        faults.heal();
        runUntil(HEALING_NANOS + random.nextLong(SECOND));
        checkHealed();
        return time.nowNanos();
    }

    Assignment map() {
        return store.truth().map();
    }

    List<SimulatedPod> pods() {
        return List.copyOf(pods);
    }

    List<SimulatedAssigner> assigners() {
        return List.copyOf(assigners);
    }

    /** What a test does to this world beside what the seed does. */
    Faults faults() {
        return faults;
    }

    long nowNanos() {
        return time.nowNanos();
    }

    /** Without trouble, and without a judge after each step, which a thousand pods would keep too busy. */
    void runCalmly(long nanos) {
        faults.heal();
        long endNanos = time.nowNanos() + nanos;
        while (time.step(endNanos)) steps++;
    }

    /** One more pod, of a name that none has had. */
    SimulatedPod join() {
        return join(clock());
    }

    /** As above, with a clock that runs at a rate of its own. */
    SimulatedPod join(double clockRate) {
        return join(new Clock(random.nextLong(1_000 * SECOND), clockRate));
    }

    private SimulatedPod join(Clock clock) {
        SimulatedPod joined = start("pod-" + lives, clock);
        pods.add(joined);
        return joined;
    }

    /** All candidates start again on machines whose clocks run at that rate. */
    void restartAssigners(double clockRate) {
        assigners.forEach(SimulatedAssigner::crash);
        for (int i = 0; i < ASSIGNERS; i++)
            assigners.set(i, startAssigner(i, new Clock(random.nextLong(1_000 * SECOND), clockRate)));
    }

    /** The end of a process that has left. */
    void end(SimulatedPod pod) {
        pod.crash();
        pods.remove(pod);
    }

    Optional<SimulatedPod> ownerOf(SliceKey key) {
        return pods.stream().filter(pod -> pod.owns(key)).findFirst();
    }

    void crash(SimulatedPod pod, long downNanos) {
        crash(pods.indexOf(pod), downNanos);
    }

    private double secondsUntil(BooleanSupplier happened) {
        long fromNanos = time.nowNanos();
        while (!happened.getAsBoolean()) {
            if (!time.step(fromNanos + HEALING_NANOS)) throw new AssertionError("not recovered after a minute");
            invariants.check(store.truth(), pods);
        }
        return (time.nowNanos() - fromNanos) / (double) SECOND;
    }

    /** @param generations how many assignments were published */
    record Report(long steps, int faults, long generations) {}

    void runUntil(long endNanos) {
        while (time.step(endNanos)) {
            steps++;
            invariants.check(store.truth(), pods);
        }
    }

    /** From now on a value is written by its owner and read by all pods, from loans where they have one. */
    void readAndWrite() {
        scheduleReads();
        scheduleWrites();
    }

    private void scheduleReads() {
        time.after(READ_NANOS, () -> {
            for (SimulatedPod pod : List.copyOf(pods)) pod.act(pod.loans()::read);
            scheduleReads();
        });
    }

    private void scheduleWrites() {
        time.after(random.nextLong(2 * WRITE_NANOS), () -> {
            for (SimulatedPod pod : List.copyOf(pods)) pod.act(pod.loans()::write);
            scheduleWrites();
        });
    }

    private void scheduleTrouble() {
        time.after(trouble.pauseNanos(random), () -> {
            if (faults.isHealed()) return;
            faults.counted();
            befall(random.nextInt(pods.size()));
            scheduleTrouble();
        });
    }

    private void befall(int which) {
        SimulatedPod pod = pods.get(which);
        int assigner = random.nextInt(ASSIGNERS);
        switch (random.nextInt(14)) {
            case 0 -> crash(which, random.nextLong(6 * SECOND));
            case 1 -> pod.pause(random.nextLong(8 * SECOND));
            case 2 -> assigners.forEach(each -> each.cut(pod));
            case 3 -> isolate(pod, random.nextLong(8 * SECOND));
            case 4 -> replace(which);
            case 5 -> restartPolitely(which);
            case 6 -> isolateFromStore(pod, random.nextLong(8 * SECOND));
            case 7 -> loseStore(random.nextLong(5 * SECOND));
            case 8 -> crashAssigner(assigner, random.nextLong(10 * SECOND));
            case 9 -> assigners.get(assigner).pause(random.nextLong(8 * SECOND));
            case 10 -> isolateFromStore(assigners.get(assigner), random.nextLong(8 * SECOND));
            case 11 -> pod.pause(30 * SECOND);
            case 12 -> operate(pod);
            default -> crash(which, 0);
        }
    }

    private void isolateFromStore(Object caller, long nanos) {
        faults.cutOffFromStore(caller);
        time.after(nanos, () -> faults.reconnectToStore(caller));
    }

    private void loseStore(long nanos) {
        faults.storeIsAway(true);
        time.after(nanos, () -> faults.storeIsAway(false));
    }

    private void crashAssigner(int which, long downNanos) {
        SimulatedAssigner crashed = assigners.get(which);
        crashed.crash();
        time.after(downNanos, () -> {
            if (assigners.get(which) == crashed) assigners.set(which, startAssigner(which));
        });
    }

    // Whoever drains or freezes takes it back after a while, or the world would end frozen.
    private void operate(SimulatedPod pod) {
        ShardStore truth = store.truth();
        boolean isFreeze = random.nextBoolean();
        if (isFreeze) truth.freeze(true);
        else truth.drain(pod.self.name(), true);
        time.after(random.nextLong(10 * SECOND), () -> {
            truth.freeze(false);
            truth.drain(pod.self.name(), false);
        });
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
        boolean isPatient = random.nextBoolean();
        if (isPatient) pod.drain();
        else pod.leave();
        time.after(isPatient ? 5 * SECOND : SECOND / 2, () -> {
            pod.crash();
            if (pods.get(which) == pod) pods.set(which, start(pod.self.name()));
        });
    }

    private void heal() {
        faults.heal();
        store.truth().freeze(false);
        for (int i = 0; i < pods.size(); i++)
            if (!pods.get(i).isAlive()) pods.set(i, start(pods.get(i).self.name()));
    }

    /** Once all is well again, everything must be served: safety alone could be had by serving nothing. */
    private void checkHealed() {
        for (Tenure tenure : store.truth().map().tenures()) {
            long owners =
                    pods.stream().filter(pod -> pod.owns(tenure.slice().low())).count();
            if (owners != 1) throw new UnhealedError("after healing, " + owners + " pods serve " + tenure);
        }
    }

    /** How often the value has been written. */
    long written() {
        return register.value();
    }

    /** Between two writes every pod that follows the map answers for the register. */
    private void checkReadable() {
        for (SimulatedPod pod : pods) {
            if (!pod.isAlive() || !isPresent(pod)) continue;
            secondsUntil(() -> pod.owns(Register.KEY) || pod.loans().readable().isPresent());
        }
    }

    private boolean isPresent(SimulatedPod pod) {
        return store.truth().roll().leases().stream()
                .anyMatch(lease -> lease.pod().equals(pod.self));
    }

    private SimulatedPod start(String name) {
        return start(name, clock());
    }

    private SimulatedPod start(String name, Clock clock) {
        Resource self = new Resource(name, name + ":8080", ++lives);
        return new SimulatedPod(self, clock, time, random.split(), store, this::assignerAt, network, register);
    }

    private SimulatedAssigner startAssigner(int which) {
        return startAssigner(which, clock());
    }

    private SimulatedAssigner startAssigner(int which, Clock clock) {
        Resource self = new Resource("assigner-" + which, "assigner-" + which + ":" + ++lives, lives);
        return new SimulatedAssigner(self, clock, time, random.split(), faults, store, policy);
    }

    private Optional<SimulatedAssigner> assignerAt(String address) {
        return assigners.stream()
                .filter(each -> each.isInOffice() && each.self.address().equals(address))
                .findFirst();
    }

    /** The process that started last holds the port. */
    private Optional<SimulatedPod> podAt(String address) {
        return pods.stream()
                .filter(each -> each.isAlive() && each.self.address().equals(address))
                .max(Comparator.comparingLong(each -> each.self.incarnation()));
    }

    private Clock clock() {
        double rate = 1 + clockError * (2 * random.nextDouble() - 1);
        return new Clock(random.nextLong(1_000 * SECOND), rate);
    }
}
