package io.sluice.replica;

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
import org.sqlite.SQLiteConfig;

/** A unit of work over a SQLite file, with the room's migration applied: what the catalog service does, in small. */
public final class SqliteWork implements UnitOfWork {
    private final Path file;

    private SqliteWork(Path file) {
        this.file = file;
    }

    public static SqliteWork in(Path folder) {
        SqliteWork work = new SqliteWork(folder.resolve("replicas.db"));
        work.write(Territory.ROOT, transaction -> {
            try (Statement statement = transaction.connection().createStatement()) {
                for (String sql : migration().replaceAll("(?m)^\\s*--.*$", "").split(";"))
                    if (!sql.isBlank()) statement.execute(sql);
            }
            return true;
        });
        return work;
    }

    @Override
    public <T> T write(Territory territory, Write<T> write) {
        try (Connection connection = connect()) {
            connection.setAutoCommit(false);
            T result = write.in(new OpenTransaction(connection));
            connection.commit();
            return result;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public <T> T read(Read<T> read) {
        try (Connection connection = connect()) {
            return read.in(connection);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private Connection connect() throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        config.setBusyTimeout(30_000);
        return config.createConnection("jdbc:sqlite:" + file);
    }

    private static String migration() {
        try (InputStream in = Replicas.class.getResourceAsStream("/db/replica/V1__replicas.sql")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private record OpenTransaction(Connection connection) implements Transaction {
        @Override
        public void audit(AuditEntry entry) {}

        @Override
        public void afterCommit(Runnable action) {
            throw new UnsupportedOperationException();
        }
    }
}
