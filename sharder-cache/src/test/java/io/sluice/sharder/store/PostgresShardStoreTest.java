package io.sluice.sharder.store;

import io.sluice.sharder.Target;
import io.sluice.sharder.testkit.Scripts;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.time.Clock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class PostgresShardStoreTest extends ShardStoreContract {
    private static EmbeddedPostgres postgres;
    private static int stores;

    @BeforeAll
    static void startPostgres() throws Exception {
        postgres = EmbeddedPostgres.builder().start();
        Scripts.run(postgres.getPostgresDatabase(), "V2__leases.sql");
    }

    @AfterAll
    static void stopPostgres() throws IOException {
        postgres.close();
    }

    @Override
    ShardStore create() {
        // Targets do not see each other, so a new one is an empty store.
        return new JdbcShardStore(postgres.getPostgresDatabase(), new Target("target-" + ++stores), Clock.systemUTC());
    }
}
