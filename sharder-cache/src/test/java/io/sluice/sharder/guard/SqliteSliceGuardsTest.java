package io.sluice.sharder.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteConfig;

class SqliteSliceGuardsTest extends SliceGuardsContract {
    @TempDir
    Path folder;

    @Override
    Connection connect() throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        config.setBusyTimeout(0);
        return config.createConnection("jdbc:sqlite:" + folder.resolve("store.db"));
    }

    @Test
    void noGuardChangesBetweenTheCheckOfAWriteAndItsCommit() throws SQLException {
        // Shows that the check itself shuts out every other writer until the commit.
        Guard old = install(former, SLICE, FORMER, 1);
        former.setAutoCommit(false);
        guards.check(former, KEY, old);
        assertThatThrownBy(() -> install(present, SLICE, PRESENT, 2)).hasMessageContaining("SQLITE_BUSY");
        // The driver takes the transaction for begun though it was refused; only a new connection helps.
        present.close();
        present = connect();
        write(former, "in time");
        commit(former);

        install(present, SLICE, PRESENT, 2);
        assertThat(read(present)).isEqualTo("in time");
    }
}
