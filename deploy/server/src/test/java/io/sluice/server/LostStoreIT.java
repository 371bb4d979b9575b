package io.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The database goes away under a running server and comes back. */
class LostStoreIT {
    private static final String CATALOGS = "/api/2.1/unity-catalog/catalogs";

    @TempDir
    private Path folder;

    @Test
    void aPodWithoutItsDatabaseIsNotReadyAndIsAgainOnceItIsBack() throws Exception {
        int port = PackagedServer.freePort();
        EmbeddedPostgres database = database(port);
        String store = "postgresql://postgres:postgres@localhost:" + port + "/postgres";
        try (PackagedServer server =
                PackagedServer.dev(folder.resolve("data"), "--port", "0", "--empty", "--store", store)) {
            assertThat(server.post(CATALOGS, "{\"name\":\"before\"}").status()).isEqualTo(200);
            assertThat(server.manage("/q/health/ready").status()).isEqualTo(200);

            database.close();
            assertThat(awaitReadiness(server, 503)).contains("\"store\"");
            assertThat(server.manage("/q/health/live").status()).isEqualTo(200);
            assertThat(Figures.of(server).of("sluice_store_reachable")).isZero();
            PackagedServer.Answer refused = server.post(CATALOGS, "{\"name\":\"during\"}");
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.response().headers().firstValue("Retry-After")).isPresent();
            assertThat(refused.body()).doesNotContain("Exception", "SQL", "jdbc", "localhost");

            database = database(port);
            awaitReadiness(server, 200);
            assertThat(server.post(CATALOGS, "{\"name\":\"after\"}").status()).isEqualTo(200);
            assertThat(server.get(CATALOGS).json().findValuesAsText("name")).containsExactly("after", "before");
        } finally {
            database.close();
        }
    }

    private EmbeddedPostgres database(int port) throws IOException {
        return EmbeddedPostgres.builder()
                .setDataDirectory(folder.resolve("postgres"))
                .setCleanDataDirectory(false)
                .setPort(port)
                .start();
    }

    private static String awaitReadiness(PackagedServer server, int status) throws Exception {
        for (int attempt = 0; attempt < 600; attempt++) {
            PackagedServer.Answer answer = server.manage("/q/health/ready");
            if (answer.status() == status) return answer.body();
            LockSupport.parkNanos(50_000_000);
        }
        throw new AssertionError("never " + status);
    }
}
