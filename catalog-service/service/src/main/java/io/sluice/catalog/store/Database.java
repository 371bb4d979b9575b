package io.sluice.catalog.store;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.AgroalConnectionFactoryConfiguration.TransactionIsolation;
import io.agroal.api.configuration.AgroalConnectionPoolConfiguration.ConnectionValidator;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.exceptionsorter.PostgreSQLExceptionSorter;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import io.sluice.model.failure.Failure;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;

/**
 * The metadata store's connections. SQLite and PostgreSQL stand behind the same few calls; which one it is, is decided
 * at run time by the {@link StoreUrl}. Safe for use by many threads.
 */
public final class Database implements AutoCloseable {
    private static final Duration WAIT_FOR_CONNECTION = Duration.ofSeconds(5);
    /** SQLite has one writer and cheap readers; PostgreSQL serves a pod's worker threads. */
    private static final int SQLITE_CONNECTIONS = 8;

    private static final int POSTGRES_CONNECTIONS = 16;
    private static final Duration TRUSTED_WHILE_IDLE = Duration.ofSeconds(1);

    private final StoreUrl url;
    private final Dialect dialect;
    private final AgroalDataSource pool;
    private final List<AgroalDataSource> apart = new CopyOnWriteArrayList<>();
    private final AtomicLong statements = new AtomicLong();

    /** SQLite writers of this process queue here instead of polling the file's lock. */
    private final ReentrantLock sqliteWriter = new ReentrantLock(true);

    private Database(StoreUrl url, Dialect dialect, AgroalDataSource pool) {
        this.url = url;
        this.dialect = dialect;
        this.pool = pool;
    }

    public static Database open(StoreUrl url) {
        if (url instanceof StoreUrl.Sqlite)
            return new Database(url, Dialect.SQLITE, pool(url, SQLITE_CONNECTIONS, WAIT_FOR_CONNECTION));
        return new Database(url, Dialect.POSTGRESQL, pool(url, POSTGRES_CONNECTIONS, WAIT_FOR_CONNECTION));
    }

    /**
     * A few more connections to the same store, which nothing else can keep busy and which give up soon: for what is
     * worthless when it comes late. Closed with this.
     */
    public DataSource apart(int connections, Duration patience) {
        AgroalDataSource more = pool(url, connections, patience);
        apart.add(more);
        return more;
    }

    private static AgroalDataSource pool(StoreUrl url, int connections, Duration patience) {
        try {
            return url instanceof StoreUrl.Sqlite sqlite
                    ? sqlitePool(sqlite, connections, patience)
                    : postgresPool((StoreUrl.Postgres) url, connections, patience);
        } catch (SQLException e) {
            throw Failure.unavailable(
                    e, "The metadata store %s cannot be opened: %s", url, String.valueOf(e.getMessage()));
        }
    }

    Dialect dialect() {
        return dialect;
    }

    DataSource dataSource() {
        return pool;
    }

    /** Throws away what is left of connections to a database that went away. */
    void forgetConnections() {
        pool.flush(AgroalDataSource.FlushMode.IDLE);
    }

    Connection connect() {
        try {
            return CountingConnection.of(pool.getConnection(), statements);
        } catch (SQLException e) {
            throw Failure.unavailable(e, "The metadata store does not answer. Try again in a few seconds.");
        }
    }

    void lockForWrite() {
        if (dialect == Dialect.SQLITE) sqliteWriter.lock();
    }

    void unlockForWrite() {
        if (dialect == Dialect.SQLITE) sqliteWriter.unlock();
    }

    /** Statements sent since the start, BEGIN and COMMIT not counted. For budgets in tests and for the metrics. */
    public long statementsSent() {
        return statements.get();
    }

    @Override
    public void close() {
        apart.forEach(AgroalDataSource::close);
        pool.close();
    }

    private static AgroalDataSource sqlitePool(StoreUrl.Sqlite url, int connections, Duration patience)
            throws SQLException {
        return AgroalDataSource.from(new AgroalDataSourceConfigurationSupplier()
                .connectionPoolConfiguration(pool -> pool.maxSize(connections)
                        .acquisitionTimeout(patience)
                        .connectionFactoryConfiguration(factory -> factory.connectionProviderClass(
                                        org.sqlite.JDBC.class)
                                .jdbcUrl("jdbc:sqlite:" + url.file())
                                // WAL lets readers go on while a writer commits; FULL syncs the log at every commit.
                                .jdbcProperty("journal_mode", "WAL")
                                .jdbcProperty("synchronous", "FULL")
                                .jdbcProperty("foreign_keys", "true")
                                // Twice as long as for a connection: longer than any commit of ours, so that only a
                                // foreign process on the same file can make us wait that long.
                                // A write must take the lock at once: a deferred transaction that has read fails when
                                // it turns into a writer, whatever the busy timeout.
                                .jdbcProperty("transaction_mode", "IMMEDIATE")
                                .jdbcProperty("busy_timeout", String.valueOf(2 * patience.toMillis())))));
    }

    private static AgroalDataSource postgresPool(StoreUrl.Postgres url, int connections, Duration patience)
            throws SQLException {
        return AgroalDataSource.from(new AgroalDataSourceConfigurationSupplier()
                .connectionPoolConfiguration(pool -> pool.maxSize(connections)
                        .acquisitionTimeout(patience)
                        // After the database was away, a connection that stood idle is tried before it is used, and
                        // one that failed for good is not given out again.
                        .connectionValidator(ConnectionValidator.defaultValidator())
                        .idleValidationTimeout(TRUSTED_WHILE_IDLE)
                        .exceptionSorter(new PostgreSQLExceptionSorter())
                        .connectionFactoryConfiguration(factory -> {
                            factory.connectionProviderClass(org.postgresql.Driver.class)
                                    .jdbcUrl(url.jdbcUrl())
                                    .jdbcTransactionIsolation(TransactionIsolation.READ_COMMITTED);
                            if (url.user() != null) factory.principal(new NamePrincipal(url.user()));
                            if (url.password() != null) factory.credential(new SimplePassword(url.password()));
                            return factory;
                        })));
    }
}
