package io.sluice.cluster;

import java.nio.file.Files;
import java.util.stream.Collectors;

/** What somebody needs who has just started a cluster. */
record Greeting(ClusterFolder folder, PodList list, boolean isDemo) {

    String text() {
        PodList.Entry last = list.pods().get(list.pods().size() - 1);
        String pods = list.pods().stream()
                .map(pod -> "  %-8s  %s  process %d%n".formatted(pod.pod(), pod.url(), pod.pid()))
                .collect(Collectors.joining());
        String profile = isDemo && Files.exists(folder.profile()) ? "  Profile   %s%n".formatted(folder.profile()) : "";
        return """
                A cluster of %d pods serves (loopback only, for trying out; not for production).
                %s  Token     %s
                %s  Try       SLUICE_SERVER=%s SLUICE_TOKEN=$(cat %s) ./sluice shard map
                  Kill      kill -9 %d   (it is started again; %s tells the new process)
                  Restart   ./sluice cluster restart %s --data %s
                  Stop      Ctrl-C
                Each pod may take 512 MB of heap; SLUICE_JAVA_OPTS="-Xmx1g" gives other flags. Logs: %s""".formatted(
                        list.pods().size(),
                        pods,
                        folder.adminToken(),
                        profile,
                        last.url(),
                        folder.adminToken(),
                        last.pid(),
                        folder.list(),
                        last.pod(),
                        folder.root(),
                        folder.pods());
    }
}
