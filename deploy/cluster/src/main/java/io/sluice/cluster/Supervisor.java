package io.sluice.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Brings up the database and the pods, keeps the pods running, and takes everything down in order: pods first, so that
 * they can say good-bye to each other and finish their writes.
 */
final class Supervisor {
    private static final Duration START_PATIENCE = Duration.ofMinutes(5);
    private static final Duration LEAVE_PATIENCE = Duration.ofSeconds(20);
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);
    /** A pod that ends this often before it ever served will not serve the next time either. */
    private static final int HOPELESS = 3;

    private final ClusterFolder folder;
    private final ClusterWish wish;
    private final List<Pod> pods = new ArrayList<>();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private Optional<Postgres> postgres = Optional.empty();
    private Optional<Pod> surge = Optional.empty();

    Supervisor(ClusterWish wish) {
        this.wish = wish;
        this.folder = ClusterFolder.at(wish.data());
    }

    /** Returns when the program is told to end. */
    void run() throws InterruptedException {
        folder.make();
        FileLock lock = lock();
        ClusterFolder.delete(folder.ready());
        ClusterFolder.delete(folder.surge());
        awaitThoseLeftOver();
        List<PodSeat> seats = wish.seats();
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "stop"));
        StartFiles files = startFiles();
        startPods(seats, files);
        ClusterFolder.write(folder.ready(), seats.get(0).url() + "\n");
        System.out.println(new Greeting(folder, list(), wish.isDemo()).text());
        PodSeat surgeSeat = wish.surge();
        while (!stopped.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) followSurge(surgeSeat, files);
        // Held to the end, by being used here.
        if (!lock.isValid()) throw ClusterFailure.failed("Somebody else took over %s.", folder.root());
    }

    private FileLock lock() {
        try {
            FileChannel channel = FileChannel.open(folder.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock == null)
                throw ClusterFailure.failed(
                        "A cluster runs in %s already. Stop it, or pass another folder with --data.", folder.root());
            return lock;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot lock " + folder.lock(), e);
        }
    }

    private void startPods(List<PodSeat> seats, StartFiles files) {
        for (PodSeat seat : seats) add(seat, files);
        // Whoever founds a metastore and makes the demo world must own all of it.
        boolean isFounded = Files.exists(folder.urlSecret()) && (!wish.isDemo() || Files.exists(folder.profile()));
        List<Pod> first = isFounded ? pods : pods.subList(0, 1);
        first.forEach(Pod::start);
        first.forEach(Supervisor::awaitServing);
        List<Pod> others = pods.subList(first.size(), pods.size());
        others.forEach(Pod::start);
        others.forEach(Supervisor::awaitServing);
    }

    private synchronized Pod add(PodSeat seat, StartFiles files) {
        Pod pod = new Pod(seat, files, PodProgram.ofThisProcess(wish.isDemo()), this::writeList);
        pods.add(pod);
        return pod;
    }

    /** One pod more for as long as somebody wishes for it by the file. */
    private void followSurge(PodSeat seat, StartFiles files) throws InterruptedException {
        boolean isWanted = Files.exists(folder.surge());
        if (isWanted && surge.isEmpty()) startSurge(seat, files);
        else if (!isWanted && surge.isPresent()) endSurge(surge.get());
    }

    private void startSurge(PodSeat seat, StartFiles files) {
        if (Ports.isFree(seat.port())) {
            Pod pod = add(seat, files);
            surge = Optional.of(pod);
            pod.start();
            return;
        }
        System.err.printf(
                "sluice: there is no further pod, because the port %d is in use. Stop what listens there.%n",
                seat.port());
        ClusterFolder.delete(folder.surge());
    }

    private void endSurge(Pod pod) throws InterruptedException {
        pod.stop();
        pod.awaitEnd();
        surge = Optional.empty();
        synchronized (this) {
            pods.remove(pod);
        }
        writeList();
    }

    private StartFiles startFiles() {
        ClusterFolder.secret(folder.podSecret());
        ClusterFolder.secret(folder.adminToken());
        if (wish.store().isPresent()) return new StartFiles(folder, wish.store().get(), Optional.empty());
        Postgres own = Postgres.start(folder.postgres(), wish.ports().free());
        synchronized (this) {
            postgres = Optional.of(own);
        }
        return new StartFiles(folder, own.url(), Optional.of(own.passwordFile()));
    }

    private static void awaitServing(Pod pod) {
        long deadline = System.nanoTime() + START_PATIENCE.toNanos();
        while (!pod.isServing()) {
            if (pod.endings() >= HOPELESS || System.nanoTime() - deadline > 0)
                throw ClusterFailure.failed(
                        "%s does not come to serve. Look into its log in the folder \"pods\".",
                        pod.seat().name());
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
    }

    /** Pods whose supervisor was killed leave by themselves, and their ports are free then. */
    private void awaitThoseLeftOver() {
        List<ProcessHandle> left = PodList.find(folder.list()).map(PodList::pods).orElse(List.of()).stream()
                .flatMap(entry -> ProcessHandle.of(entry.pid()).stream())
                .filter(process -> process.info()
                        .commandLine()
                        .filter(line -> line.contains(folder.pods().toString()))
                        .isPresent())
                .toList();
        long deadline = System.nanoTime() + LEAVE_PATIENCE.toNanos();
        while (left.stream().anyMatch(ProcessHandle::isAlive)) {
            if (System.nanoTime() - deadline > 0) left.forEach(ProcessHandle::destroyForcibly);
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
        ClusterFolder.delete(folder.list());
    }

    private synchronized void writeList() {
        list().write(folder.list());
    }

    private synchronized PodList list() {
        return new PodList(pods.stream().flatMap(pod -> pod.entry().stream()).toList());
    }

    private void stop() {
        List<Pod> running;
        Optional<Postgres> database;
        synchronized (this) {
            running = List.copyOf(pods);
            database = postgres;
        }
        ClusterFolder.delete(folder.ready());
        running.forEach(Pod::stop);
        try {
            for (Pod pod : running) pod.awaitEnd();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        database.ifPresent(Postgres::close);
        ClusterFolder.delete(folder.surge());
        ClusterFolder.delete(folder.list());
        stopped.countDown();
    }
}
