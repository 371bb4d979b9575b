package io.sluice.cluster;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** A cluster that another process supervises, known by its folder. */
record RunningCluster(ClusterFolder folder) {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration LOOK_EVERY = Duration.ofMillis(50);

    static RunningCluster in(Path data) {
        return new RunningCluster(ClusterFolder.at(data));
    }

    /** Those that stay. */
    List<String> pods() {
        return list().pods().stream()
                .map(PodList.Entry::pod)
                .filter(pod -> !pod.equals(PodSeat.SURGE))
                .toList();
    }

    /** Asks for one pod more, and waits until it serves. */
    PodList.Entry widen() {
        list();
        ClusterFolder.write(folder.surge(), "One pod more, until this file is deleted.\n");
        return await(PodSeat.SURGE, () -> {
            if (!Files.exists(folder.surge()))
                throw ClusterFailure.unavailable("There is no room for a further pod. The cluster has told why.");
            return list().find(PodSeat.SURGE);
        });
    }

    /** Lets go of that pod, and waits until it has left. */
    void narrow() {
        PodList.Entry surge = list().get(PodSeat.SURGE);
        ClusterFolder.delete(folder.surge());
        if (await(() -> list().find(PodSeat.SURGE).isEmpty() ? Optional.of(surge) : Optional.empty())
                .isEmpty()) throw ClusterFailure.unavailable("%s does not leave.", PodSeat.SURGE);
    }

    /** Asks the pod to leave, and waits until its successor serves. */
    PodList.Entry restart(String pod) {
        PodList.Entry before = list().get(pod);
        ProcessHandle.of(before.pid())
                .filter(this::isPod)
                .orElseThrow(() -> ClusterFailure.unavailable("%s does not run at the moment. Try again.", pod))
                .destroy();
        return await(pod, () -> Optional.of(list().get(pod)).filter(now -> now.pid() != before.pid()));
    }

    private PodList.Entry await(String pod, Supplier<Optional<PodList.Entry>> process) {
        return await(() -> process.get()
                        .filter(found -> Files.exists(folder.pods().resolve(pod).resolve("ready"))))
                .orElseThrow(() -> ClusterFailure.unavailable(
                        "%s has not come to serve. Look into its log in %s.", pod, folder.pods()));
    }

    private static Optional<PodList.Entry> await(Supplier<Optional<PodList.Entry>> wanted) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() - deadline < 0) {
            Optional<PodList.Entry> found = wanted.get();
            if (found.isPresent()) return found;
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
        return Optional.empty();
    }

    /** The number in the list may belong to somebody else by now. */
    private boolean isPod(ProcessHandle process) {
        return process.info()
                .commandLine()
                .filter(line -> line.contains(folder.pods().toString()))
                .isPresent();
    }

    private PodList list() {
        return PodList.find(folder.list())
                .orElseThrow(() -> ClusterFailure.unavailable(
                        "No cluster runs in %s. Start one with ./sluice cluster, or pass its folder with --data.",
                        folder.root()));
    }
}
