package io.sluice.chargeback.ledger;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class PostgresLedgerStoreTest extends LedgerStoreContract {
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
    LedgerStore create() {
        return new JdbcLedgerStore(work.fresh());
    }
}
