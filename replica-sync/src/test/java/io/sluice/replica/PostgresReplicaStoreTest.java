package io.sluice.replica;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class PostgresReplicaStoreTest extends ReplicaStoreContract {
    private static PostgresWork work;

    @BeforeAll
    static void start() throws IOException {
        work = PostgresWork.start();
    }

    @AfterAll
    static void stop() throws IOException {
        work.close();
    }

    @Override
    ReplicaStore create() {
        return new JdbcReplicaStore(work.fresh());
    }
}
