package io.sluice.cluster;

import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Keeps one pod running: whenever its process ends, another one takes its seat. */
final class Pod {
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(60);

    private final PodSeat seat;
    private final StartFiles files;
    private final PodProgram program;
    private final Runnable onStart;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread keeper;
    private volatile @Nullable Process process;
    private volatile int endings;

    /** @param onStart told whenever a process has been started */
    Pod(PodSeat seat, StartFiles files, PodProgram program, Runnable onStart) {
        this.seat = seat;
        this.files = files;
        this.program = program;
        this.onStart = onStart;
        this.keeper = new Thread(this::keep, seat.name());
    }

    void start() {
        files.write(seat);
        keeper.start();
    }

    PodSeat seat() {
        return seat;
    }

    /** Empty before the first start. */
    Optional<PodList.Entry> entry() {
        return Optional.ofNullable(process).map(running -> seat.entry(running.pid()));
    }

    boolean isServing() {
        Process running = process;
        return running != null && running.isAlive() && Files.exists(files.ready(seat));
    }

    /** How often it has ended by itself. */
    int endings() {
        return endings;
    }

    private void keep() {
        Comeback comeback = new Comeback();
        try {
            while (true) {
                long started = System.nanoTime();
                Optional<Process> launched = launch();
                if (launched.isEmpty()) return;
                int exit = launched.get().waitFor();
                if (isStopping()) return;
                endings++;
                Duration pause = comeback.after(Duration.ofNanos(System.nanoTime() - started));
                System.out.printf(
                        "%s ended with exit code %d and is started again in %d ms; its log is %s%n",
                        seat.name(), exit, pause.toMillis(), files.log(seat));
                stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Empty once it is to stop. */
    private synchronized Optional<Process> launch() {
        if (isStopping()) return Optional.empty();
        // What an earlier process wrote there says nothing of this one.
        ClusterFolder.delete(files.ready(seat));
        Process started = program.start(files.of(seat), files.log(seat));
        process = started;
        onStart.run();
        return Optional.of(started);
    }

    private boolean isStopping() {
        return stopping.getCount() == 0;
    }

    /** Asks it to leave; {@link #awaitEnd} waits until it has. */
    synchronized void stop() {
        stopping.countDown();
        Process running = process;
        // By its handle: the process's own method also ends its input, and that tells it to go at once.
        if (running != null) running.toHandle().destroy();
    }

    void awaitEnd() throws InterruptedException {
        Process running = process;
        if (running == null || running.waitFor(STOP_PATIENCE.toSeconds(), TimeUnit.SECONDS)) return;
        System.err.printf("sluice: %s does not end by itself and is killed%n", seat.name());
        running.destroyForcibly().waitFor();
    }
}
