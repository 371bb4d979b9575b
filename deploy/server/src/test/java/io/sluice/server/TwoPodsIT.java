package io.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two processes on one store, sharing the catalogs out between them by a real watch over the network. */
class TwoPodsIT {
    private static final String UC = "/api/2.1/unity-catalog";

    @TempDir
    private static Path folder;

    private static PackagedServer first;
    private static PackagedServer second;

    /** Once for all tests: the processes take longer to start than to answer. */
    @BeforeAll
    static void start() throws Exception {
        Path secret = Files.writeString(folder.resolve("cluster.secret"), "0123456789abcdef0123456789abcdef");
        first = pod("pod-1", secret);
        second = pod("pod-2", secret).as(first.token());
        awaitBothOwning();
    }

    private static PackagedServer pod(String name, Path secret) throws Exception {
        return PackagedServer.start(
                folder.resolve(name),
                List.of(
                        "-Dsluice.pod.name=" + name,
                        "-Dsluice.pod.listen=127.0.0.1:" + PackagedServer.freePort(),
                        "-Dsluice.pod.secret-file=" + secret),
                // A pod is known to the others by its address, so it must be known before the start.
                "--port",
                String.valueOf(PackagedServer.freePort()),
                "--empty",
                "--store",
                "sqlite:" + folder.resolve("metastore.db"));
    }

    @AfterAll
    static void stop() throws Exception {
        second.close();
        first.close();
    }

    @Test
    void aRequestAtTheWrongPodIsForwardedOnceAndAnsweredAlike() throws Exception {
        List<String> names = IntStream.range(0, 12).mapToObj(i -> "c" + i).toList();
        for (String name : names) {
            // Whoever is asked: the root's owner writes the catalog, the catalog's owner writes below it.
            assertThat(second.post(UC + "/catalogs", "{\"name\":\"" + name + "\"}")
                            .status())
                    .isEqualTo(200);
            assertThat(first.post(UC + "/schemas", "{\"name\":\"s\",\"catalog_name\":\"" + name + "\"}")
                            .status())
                    .isEqualTo(200);
        }

        int refusedByFirst = 0;
        int refusedBySecond = 0;
        for (String name : names) {
            String path = UC + "/schemas/" + name + ".s";
            assertThat(first.get(path).body()).isEqualTo(second.get(path).body());
            // A request that says it was forwarded before is answered by the owner only: others name it.
            if (forwarded(first, path) == 421) refusedByFirst++;
            if (forwarded(second, path) == 421) refusedBySecond++;
        }
        assertThat(refusedByFirst + refusedBySecond).isEqualTo(names.size());
        assertThat(refusedByFirst).isPositive();
        assertThat(refusedBySecond).isPositive();
    }

    @Test
    void answersWithoutABodyComeThroughTheOtherPodToo() throws Exception {
        for (String name : List.of("d0", "d1", "d2", "d3", "d4", "d5")) {
            first.post(UC + "/catalogs", "{\"name\":\"" + name + "\"}");
            first.post(UC + "/schemas", "{\"name\":\"s\",\"catalog_name\":\"" + name + "\"}");
            String tables = UC + "/delta/v1/catalogs/" + name + "/schemas/s/tables";
            assertThat(second.post(tables, externalTable("file:///elsewhere/" + name))
                            .status())
                    .isEqualTo(200);
            for (PackagedServer pod : List.of(first, second)) {
                assertThat(pod.send("HEAD", tables + "/t", "").status()).isEqualTo(204);
                assertThat(pod.send("HEAD", tables + "/other", "").status()).isEqualTo(404);
            }
            assertThat(second.post(tables + "/t/rename", "{\"new-name\":\"u\"}").status())
                    .isEqualTo(204);
            assertThat(first.get(tables + "/u").body())
                    .isEqualTo(second.get(tables + "/u").body());
            assertThat(first.send("DELETE", tables + "/u", "").status()).isEqualTo(204);
            assertThat(second.get(tables + "/u").json().at("/error/type").asText())
                    .isEqualTo("NoSuchTableException");
        }
    }

    private static String externalTable(String location) {
        return """
                {"name":"t","location":"%s","table-type":"EXTERNAL","properties":{},"last-commit-timestamp-ms":1,
                 "protocol":{"min-reader-version":1,"min-writer-version":2},
                 "columns":{"type":"struct","fields":[{"name":"id","type":"long","nullable":true,"metadata":{}}]}}""".formatted(location);
    }

    @Test
    void aTokenRevokedAtOnePodIsRefusedByTheOther() throws Exception {
        JsonNode issued = first.post("/api/1.0/sluice/tokens", "{}").json();
        String token = issued.path("token_value").asText();
        assertThat(second.as(token).get(UC + "/catalogs").status()).isEqualTo(200);
        assertThat(first.as(token).get(UC + "/catalogs").status()).isEqualTo(200);

        first.send("DELETE", "/api/1.0/sluice/tokens/" + issued.path("token_id").asText(), "");

        assertThat(second.as(token).get(UC + "/catalogs").status()).isEqualTo(401);
        assertThat(first.as(token).get(UC + "/catalogs").status()).isEqualTo(401);
    }

    private static int forwarded(PackagedServer pod, String path) throws Exception {
        return pod.send("GET", path, "", "x-sluice-forwarded", "test").status();
    }

    /** The second pod's slices come once the first has let go of them. */
    private static void awaitBothOwning() throws Exception {
        for (int attempt = 0; attempt < 600; attempt++) {
            JsonNode map = second.get("/api/1.0/sluice/shards").json();
            if (map.path("pods").size() == 2 && !map.toString().contains("AWAITING_RELEASE")) return;
            java.util.concurrent.locks.LockSupport.parkNanos(50_000_000);
        }
        throw new AssertionError("the second pod was given nothing");
    }
}
