package io.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two pods as Kubernetes would run them: real processes on addresses of their own, and fabric8's imitation of the API
 * server, which keeps what it is given and tells those who watch.
 */
class KubernetesIT {
    private static final String UC = "/api/2.1/unity-catalog";
    private static final String SHARDS = "/api/1.0/sluice/shards";
    private static final String BLIND = "sees nothing; the assigner goes by heartbeats and leases alone";

    @TempDir
    private Path folder;

    @Test
    void aPodThatIsDeletedHandsAllToItsReadyReplacementBeforeItStops() throws Exception {
        // The API server is away at first and in the end: nothing but hints is lost by it.
        int apiPort = PackagedServer.freePort();
        PackagedServer old = start("sluice-1", "127.0.0.2", apiPort);
        try (old) {
            assertThat(old.post(UC + "/catalogs", "{\"name\":\"sales\"}").status())
                    .isEqualTo(200);
            old.await("it says that it sees nothing", () -> old.output().contains(BLIND));

            KubernetesMockServer api = new KubernetesMockServer(
                    new Context(), new MockWebServer(), new HashMap<>(), new KubernetesCrudDispatcher(), false);
            api.init(InetAddress.getLoopbackAddress(), apiPort);
            try (KubernetesClient client = api.createClient()) {
                create(client, pod("sluice-1", "127.0.0.2"));
                try (PackagedServer next =
                        start("sluice-2", "127.0.0.3", apiPort).as(old.token())) {
                    old.await("the pods are seen", () -> old.output().contains("the pods are seen by"));
                    create(client, pod("sluice-2", "127.0.0.3"));
                    assertThat(owners(next)).containsOnly("sluice-1");

                    update(client, terminating(pod("sluice-1", "127.0.0.2")));

                    next.await("the replacement has all", () -> owners(next).equals(List.of("sluice-2")));
                    assertThat(standingsOf("127.0.0.2")).containsOnly("DRAINED").hasSize(2);
                    assertThat(old.get(UC + "/catalogs/sales").status()).isEqualTo(200);
                    api.destroy();
                    old.close();
                    assertThat(next.get(UC + "/catalogs/sales").status()).isEqualTo(200);
                    assertThat(next.post(UC + "/catalogs", "{\"name\":\"hr\"}").status())
                            .isEqualTo(200);
                    next.await(
                            "the new assigner says it too", () -> next.output().contains(BLIND));
                    assertThat(next.output().split(BLIND, -1)).hasSizeLessThanOrEqualTo(3);
                }
            }
        }
    }

    private PackagedServer start(String name, String host, int apiPort) throws Exception {
        Path secret = folder.resolve("cluster.secret");
        if (!Files.exists(secret)) Files.writeString(secret, "0123456789abcdef0123456789abcdef");
        return PackagedServer.start(
                folder.resolve(name),
                List.of(
                        "-Dkubernetes.master=http://127.0.0.1:" + apiPort,
                        "-Dkubernetes.auth.tryKubeConfig=false",
                        "-Dsluice.pod.name=" + name,
                        "-Dsluice.pod.listen=" + host + ":" + PackagedServer.freePort(),
                        "-Dsluice.pod.secret-file=" + secret,
                        "-Dsluice.pod.kubernetes.labels=app=sluice",
                        "-Dsluice.pod.kubernetes.namespace=lake",
                        "-Dsluice.pod.kubernetes.service=sluice"),
                "--port",
                String.valueOf(PackagedServer.freePort()),
                "--empty",
                "--store",
                "sqlite:" + folder.resolve("metastore.db"));
    }

    private static List<String> owners(PackagedServer asked) throws Exception {
        JsonNode slices = asked.get(SHARDS).json().path("slices");
        List<String> owners = new ArrayList<>();
        slices.forEach(slice -> owners.add(slice.path("pods").path(0).asText()));
        return owners.stream().distinct().toList();
    }

    /** Of both targets: catalogs, where pods have their names, and shared tables, where they have addresses. */
    private List<String> standingsOf(String host) throws Exception {
        List<String> standings = new ArrayList<>();
        try (Connection store = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("metastore.db"));
                ResultSet rows = store.createStatement()
                        .executeQuery("SELECT standing FROM shard_pod WHERE name = 'sluice-1' OR address LIKE '" + host
                                + ":%'")) {
            while (rows.next()) standings.add(rows.getString(1));
        }
        return standings;
    }

    private static void create(KubernetesClient client, Pod pod) {
        client.pods().inNamespace("lake").resource(pod).create();
    }

    private static void update(KubernetesClient client, Pod pod) {
        client.pods().inNamespace("lake").resource(pod).update();
    }

    private static Pod terminating(Pod pod) {
        pod.getMetadata().setDeletionTimestamp("2030-01-01T00:00:00Z");
        // The API server keeps a pod that is being deleted only as long as somebody holds it.
        pod.getMetadata().setFinalizers(List.of("lake/held"));
        return pod;
    }

    private static Pod pod(String name, String ip) {
        return new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace("lake")
                .withUid("uid of " + name)
                .withLabels(Map.of("app", "sluice"))
                .endMetadata()
                .withNewStatus()
                .withPhase("Running")
                .withPodIP(ip)
                .addNewCondition()
                .withType("Ready")
                .withStatus("True")
                .endCondition()
                .endStatus()
                .build();
    }
}
