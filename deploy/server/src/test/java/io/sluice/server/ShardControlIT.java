package io.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator sees of two pods, and how they are steered. */
class ShardControlIT {
    private static final String UC = "/api/2.1/unity-catalog";
    private static final String SHARDS = "/api/1.0/sluice/shards";

    @TempDir
    private static Path folder;

    private static PackagedCluster cluster;
    private static PackagedServer first;
    private static PackagedServer second;

    @BeforeAll
    static void start() throws Exception {
        cluster = PackagedCluster.start(folder.resolve("data"), 2, "--empty");
        first = cluster.pod(0);
        second = cluster.pod(1);
        cluster.await("both own slices", () -> slicesOf("pod-0") > 0 && slicesOf("pod-1") > 0);
    }

    @AfterAll
    static void stop() throws Exception {
        cluster.close();
    }

    @Test
    void aDrainedPodGivesAllItHasToTheOthersAndStillAnswers() throws Exception {
        for (String name : new String[] {"d0", "d1", "d2", "d3"})
            assertThat(first.post(UC + "/catalogs", "{\"name\":\"" + name + "\"}")
                            .status())
                    .isEqualTo(200);

        assertThat(first.post(SHARDS + "/pods/pod-1/drain", "").status()).isEqualTo(200);
        cluster.await("pod-1 has no slices", () -> slicesOf("pod-1") == 0);
        for (String name : new String[] {"d0", "d1", "d2", "d3"})
            cluster.await(
                    name + " is served by the drained pod",
                    () -> second.get(UC + "/catalogs/" + name).status() == 200);
        assertThat(second.get(SHARDS + "/page").body()).contains("drained");
        assertThat(first.get("/api/1.0/sluice/audit").body()).contains("drainPod");

        assertThat(second.post(SHARDS + "/pods/pod-1/undrain", "").status()).isEqualTo(200);
        cluster.await("pod-1 has slices again", () -> slicesOf("pod-1") > 0);
    }

    @Test
    void everyPodShowsThePageAndFreezesTheBalance() throws Exception {
        for (PackagedServer pod : new PackagedServer[] {first, second})
            assertThat(pod.get(SHARDS + "/page").body())
                    .contains(
                            "target      catalog", "assigner    pod-", "balance     on", "pod-0  http", "pod-1  http");

        assertThat(second.post(SHARDS + "/freeze", "").json().path("frozen").asBoolean())
                .isTrue();
        assertThat(first.get(SHARDS + "/page").body()).contains("balance     frozen");
        assertThat(first.post(SHARDS + "/unfreeze", "").json().path("frozen").asBoolean(true))
                .isFalse();
        assertThat(second.get(SHARDS + "/page").body()).contains("balance     on");
    }

    @Test
    void onlyAnAdminMaySteerAndOnlyWhatIsThere() throws Exception {
        assertThat(first.as("nobody").post(SHARDS + "/freeze", "").status()).isEqualTo(401);
        assertThat(first.post(SHARDS + "/pods/pod-9/drain", "").status()).isEqualTo(404);
        assertThat(first.get(SHARDS + "/hot?limit=0").status()).isEqualTo(400);
    }

    private static long slicesOf(String pod) throws Exception {
        JsonNode slices = first.get(SHARDS).json().path("slices");
        long count = 0;
        for (JsonNode slice : slices) if (slice.path("pods").path(0).asText().equals(pod)) count++;
        return count;
    }
}
