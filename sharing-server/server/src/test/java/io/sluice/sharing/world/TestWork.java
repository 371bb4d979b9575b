package io.sluice.sharing.world;

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
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.sqlite.SQLiteDataSource;

/** Transactions over one SQLite file, with the module's own migration. */
public final class TestWork implements UnitOfWork {
    public final List<AuditEntry> audit = new CopyOnWriteArrayList<>();
    /** How often something was read outside of a write. */
    public final AtomicInteger reads = new AtomicInteger();

    private final String url;

    public TestWork(Path folder) {
        this.url = "jdbc:sqlite:" + folder.resolve("sharing.db");
        read(connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.execute("PRAGMA journal_mode = WAL");
                for (String sql : migrations().replaceAll("--[^\n]*", "").split(";"))
                    if (!sql.isBlank()) statement.execute(sql);
            }
            return null;
        });
    }

    @Override
    public synchronized <T> T write(Territory territory, Write<T> write) {
        List<Runnable> after = new ArrayList<>();
        List<AuditEntry> entries = new ArrayList<>();
        T result = with(connection -> {
            connection.setAutoCommit(false);
            T value = write.in(new Transaction() {
                @Override
                public Connection connection() {
                    return connection;
                }

                @Override
                public void audit(AuditEntry entry) {
                    entries.add(entry);
                }

                @Override
                public void afterCommit(Runnable action) {
                    after.add(action);
                }
            });
            connection.commit();
            return value;
        });
        audit.addAll(entries);
        after.forEach(Runnable::run);
        return result;
    }

    @Override
    public <T> T read(Read<T> read) {
        reads.incrementAndGet();
        return with(read);
    }

    private <T> T with(Read<T> work) {
        // Not by DriverManager: which drivers it sees depends on the class loader that happens to ask first.
        SQLiteDataSource source = new SQLiteDataSource();
        source.setUrl(url);
        try (Connection connection = source.getConnection()) {
            return work.in(connection);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String migrations() {
        return migration("V1__shares.sql")
                + migration("V2__history.sql")
                + migration("V3__recipients.sql")
                + migration("V4__partitions.sql")
                + migration("V5__providers.sql")
                + migration("V6__schemas.sql")
                + migration("V7__assets.sql")
                + migration("V8__url_life.sql");
    }

    private static String migration(String name) {
        try (InputStream script = TestWork.class.getResourceAsStream("/db/sharing/" + name)) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
