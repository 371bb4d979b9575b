package io.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cluster on one machine, treated as its operator would. */
class ClusterIT {
    private static final String UC = "/api/2.1/unity-catalog";
    private static final int PODS = 3;

    @TempDir
    private Path folder;

    @Test
    void podsServeOneWorldComeBackWhenTheyEndAndKeepItOverAStop() throws Exception {
        Path data = folder.resolve("data");
        List<String> tables = List.of("retail.sales.orders", "finance.ledger.payments");
        try (PackagedCluster cluster = PackagedCluster.start(data, PODS)) {
            assertTold(cluster, data);
            for (int pod = 0; pod < PODS; pod++) {
                for (String table : tables)
                    assertThat(cluster.pod(pod).get(UC + "/tables/" + table).status())
                            .isEqualTo(200);
                assertThat(cluster.pod(pod)
                                .post(UC + "/catalogs", "{\"name\":\"by_pod_" + pod + "\"}")
                                .status())
                        .isEqualTo(200);
            }
            assertEachSees(cluster, "by_pod_0", "by_pod_1", "by_pod_2");

            // One that dies, the one with the assigner among them, and one that is told to leave.
            for (int pod = 0; pod < 2; pod++) {
                ProcessHandle killed = cluster.process(pod);
                killed.destroyForcibly();
                cluster.awaitSuccessor(pod, killed);
            }
            ProcessHandle left = cluster.process(2);
            assertThat(cluster.verb("restart", "pod-2")).isZero();
            assertThat(cluster.process(2).pid()).isNotEqualTo(left.pid());
            assertThat(cluster.verb("restart", "pod-7")).isEqualTo(3);
            assertEachSees(cluster, "by_pod_0", "by_pod_1", "by_pod_2");
        }
        assertThat(data.resolve("ready")).doesNotExist();

        try (PackagedCluster again = PackagedCluster.start(data, PODS)) {
            assertEachSees(again, "by_pod_0", "by_pod_1", "by_pod_2", "retail");
        }
    }

    @Test
    void nothingOutlivesItsSupervisorHoweverThatEnds() throws Exception {
        Path data = folder.resolve("data");
        PackagedCluster stopped = PackagedCluster.start(data, 2, "--empty");
        List<ProcessHandle> all = processes(stopped);
        stopped.close();
        awaitEnd(all);

        PackagedCluster killed = PackagedCluster.start(data, 2, "--empty");
        all = processes(killed);
        killed.supervisor().destroyForcibly();
        awaitEnd(all);
    }

    private static void awaitEnd(List<ProcessHandle> processes) throws Exception {
        for (ProcessHandle process : processes) process.onExit().get(1, TimeUnit.MINUTES);
    }

    private static List<ProcessHandle> processes(PackagedCluster cluster) throws Exception {
        List<ProcessHandle> all = new ArrayList<>(cluster.pods());
        all.add(cluster.database());
        assertThat(all).hasSize(3).allMatch(ProcessHandle::isAlive);
        return all;
    }

    private static void assertTold(PackagedCluster cluster, Path data) throws Exception {
        for (int pod = 0; pod < PODS; pod++) {
            assertThat(cluster.entry(pod).path("pod").asText()).isEqualTo("pod-" + pod);
            assertThat(cluster.entry(pod).path("url").asText())
                    .isEqualTo(cluster.pod(pod).uri().toString());
            assertThat(cluster.entry(pod).path("roles")).isNotEmpty();
            assertThat(cluster.process(pod).isAlive()).isTrue();
        }
        for (String secret : List.of("admin.token", "cluster.secret", "demo.share", "demo-sealed.share"))
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve(secret))))
                    .isEqualTo("rw-------");
    }

    /** Also right after a pod has come back, when slices are on their way: whoever is told to come again does. */
    private static void assertEachSees(PackagedCluster cluster, String... catalogs) throws Exception {
        for (int number = 0; number < PODS; number++) {
            PackagedServer pod = cluster.pod(number);
            for (String catalog : catalogs)
                cluster.await(
                        catalog + " is served by pod-" + number,
                        () -> pod.get(UC + "/catalogs/" + catalog).status() == 200);
        }
    }
}
