package io.sluice.chargeback.ledger;

import io.sluice.model.work.AuditEntry;
import io.sluice.model.work.Territory;
import io.sluice.model.work.Transaction;
import io.sluice.model.work.UnitOfWork;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.sqlite.SQLiteConfig;

/** A unit of work over a SQLite file, with the room's migration applied: what the catalog service does, in small. */
public final class SqliteWork implements UnitOfWork {
    private final Path file;

    private SqliteWork(Path file) {
        this.file = file;
    }

    public static SqliteWork in(Path folder) {
        SqliteWork work = new SqliteWork(folder.resolve("ledger.db"));
        work.write(Territory.ROOT, transaction -> {
            work.execute(transaction.connection(), migration());
            return true;
        });
        return work;
    }

    @Override
    public <T> T write(Territory territory, Write<T> write) {
        List<Runnable> afterCommit = new ArrayList<>();
        T result;
        try (Connection connection = connect()) {
            connection.setAutoCommit(false);
            result = write.in(new OpenTransaction(connection, afterCommit));
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        afterCommit.forEach(Runnable::run);
        return result;
    }

    @Override
    public <T> T read(Read<T> read) {
        try (Connection connection = connect()) {
            return read.in(connection);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Goes behind the ledger's back. */
    void tamper(String sql) {
        write(Territory.ROOT, transaction -> {
            execute(transaction.connection(), sql);
            return true;
        });
    }

    private Connection connect() throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        config.setBusyTimeout(30_000);
        return config.createConnection("jdbc:sqlite:" + file);
    }

    private void execute(Connection connection, String script) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : script.replaceAll("(?m)^\\s*--.*$", "").split(";"))
                if (!sql.isBlank()) statement.execute(sql);
        }
    }

    private static String migration() {
        try (InputStream in = LedgerStore.class.getResourceAsStream("/db/chargeback/V1__ledger.sql")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private record OpenTransaction(Connection connection, List<Runnable> actions) implements Transaction {
        @Override
        public void audit(AuditEntry entry) {}

        @Override
        public void afterCommit(Runnable action) {
            actions.add(action);
        }
    }
}
