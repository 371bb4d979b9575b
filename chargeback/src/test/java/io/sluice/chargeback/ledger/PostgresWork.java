package io.sluice.chargeback.ledger;

import io.sluice.model.work.AuditEntry;
import io.sluice.model.work.Territory;
import io.sluice.model.work.Transaction;
import io.sluice.model.work.UnitOfWork;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** A unit of work over a PostgreSQL server of its own, at the isolation that PostgreSQL has by default. */
public final class PostgresWork implements UnitOfWork, AutoCloseable {
    private final EmbeddedPostgres server;

    private PostgresWork(EmbeddedPostgres server) {
        this.server = server;
    }

    public static PostgresWork start() throws IOException {
        return new PostgresWork(EmbeddedPostgres.start());
    }

    /** Forgets all and applies the room's migration. */
    public PostgresWork fresh() {
        return write(Territory.ROOT, transaction -> {
            try (Statement statement = transaction.connection().createStatement()) {
                statement.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public");
                statement.execute(migration());
            }
            return this;
        });
    }

    @Override
    public <T> T write(Territory territory, Write<T> write) {
        try (Connection connection = server.getPostgresDatabase().getConnection()) {
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
        try (Connection connection = server.getPostgresDatabase().getConnection()) {
            return read.in(connection);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private static String migration() {
        try (InputStream in = PostgresWork.class.getResourceAsStream("/db/chargeback/V1__ledger.sql")) {
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
