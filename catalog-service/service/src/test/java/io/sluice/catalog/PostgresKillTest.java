package io.sluice.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.catalog.store.StoreUrl;
import io.sluice.model.failure.Failure;
import io.sluice.model.failure.FailureKind;
import io.sluice.model.name.TableName;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresKillTest extends KillContract {
    @TempDir
    private Path folder;

    private EmbeddedPostgres postgres;

    @BeforeEach
    void start() throws IOException {
        postgres = start(0);
    }

    @AfterEach
    void stop() throws IOException {
        postgres.close();
    }

    private EmbeddedPostgres start(int port) throws IOException {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setDataDirectory(folder.resolve("data"))
                .setCleanDataDirectory(false);
        return (port == 0 ? builder : builder.setPort(port)).start();
    }

    @Override
    String freshUrl() {
        return url(postgres.getPort());
    }

    private static String url(int port) {
        return "postgresql://postgres@127.0.0.1:" + port + "/postgres";
    }

    @Test
    void aDatabaseThatGoesAwayAndComesBackNeedsNoRestartOfOurs() throws Exception {
        int port = postgres.getPort();
        try (World world = World.open(StoreUrl.parse(freshUrl()))) {
            world.catalog("retail");
            world.schema("retail", "sales");
            world.table("retail", "sales", "orders");
            postgres.close();

            assertKind(world, FailureKind.UNAVAILABLE, "refused");
            // Reads come from memory, and so does the right to them.
            assertThat(world.governance.tables().get(World.ADMIN, TableName.of("retail", "sales", "orders")))
                    .isNotNull();

            postgres = start(port);
            world.table("retail", "sales", "later");
            assertThat(world.governance.tables().get(World.ADMIN, TableName.of("retail", "sales", "later")))
                    .isNotNull();
        }
    }

    @Test
    void aCommitWhoseAnswerIsLostIsToldAsUnknownAndReadBackAsItIs() throws Exception {
        try (CuttingProxy proxy = new CuttingProxy(postgres.getPort());
                World world = World.open(StoreUrl.parse(url(proxy.port())))) {
            world.catalog("retail");
            world.schema("retail", "sales");
            proxy.cutAtTheNextCommit();
            assertKind(world, FailureKind.UNKNOWN_OUTCOME, "perhaps");

            // It did land, and memory says so without a restart.
            assertThat(world.governance.tables().get(World.ADMIN, TableName.of("retail", "sales", "perhaps")))
                    .isNotNull();
            world.table("retail", "sales", "after");
        }
    }

    private static void assertKind(World world, FailureKind kind, String table) {
        assertThatThrownBy(() -> world.table("retail", "sales", table))
                .isInstanceOfSatisfying(Failure.class, e -> assertThat(e.kind()).isEqualTo(kind));
    }
}
