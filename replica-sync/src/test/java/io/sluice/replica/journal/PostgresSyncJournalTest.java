package io.sluice.replica.journal;

import io.sluice.replica.PostgresWork;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class PostgresSyncJournalTest extends SyncJournalContract {
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
    SyncJournal create() {
        return new JdbcSyncJournal(work.fresh());
    }
}
