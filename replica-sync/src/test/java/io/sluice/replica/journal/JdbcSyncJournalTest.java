package io.sluice.replica.journal;

import io.sluice.replica.SqliteWork;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class JdbcSyncJournalTest extends SyncJournalContract {
    @TempDir
    Path folder;

    @Override
    SyncJournal create() {
        return new JdbcSyncJournal(SqliteWork.in(folder));
    }
}
