package io.sluice.cluster;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** A cluster that another process supervises, known by its folder. */
record RunningCluster(ClusterFolder folder) {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration LOOK_EVERY = Duration.ofMillis(50);

    static RunningCluster in(Path data) {
        return new RunningCluster(ClusterFolder.at(data));
    }

    List<String> pods() {
        return list().pods().stream().map(PodList.Entry::pod).toList();
    }

    /** Asks the pod to leave, and waits until its successor serves. */
    PodList.Entry restart(String pod) {
        PodList.Entry before = list().get(pod);
        ProcessHandle.of(before.pid())
                .filter(this::isPod)
                .orElseThrow(() -> ClusterFailure.unavailable("%s does not run at the moment. Try again.", pod))
                .destroy();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            PodList.Entry now = list().get(pod);
            if (now.pid() != before.pid()
                    && Files.exists(folder.pods().resolve(pod).resolve("ready"))) return now;
            if (System.nanoTime() - deadline > 0)
                throw ClusterFailure.unavailable("%s has not come back. Look into its log in %s.", pod, folder.pods());
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
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
