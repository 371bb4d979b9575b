package io.sluice.sharder.store;

import io.sluice.sharder.Target;
import io.sluice.sharder.testkit.Scripts;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

class SqliteShardStoreTest extends ShardStoreContract {
    @TempDir
    Path folder;

    @Override
    ShardStore create() throws Exception {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        config.setBusyTimeout(10_000);
        SQLiteDataSource file = new SQLiteDataSource(config);
        file.setUrl("jdbc:sqlite:" + folder.resolve("store.db"));
        Scripts.run(file, "V2__leases.sql");
        return new JdbcShardStore(file, new Target("catalog"), Clock.systemUTC());
    }
}
