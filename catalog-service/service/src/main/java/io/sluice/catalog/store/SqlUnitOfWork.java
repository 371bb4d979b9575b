package io.sluice.catalog.store;

import io.sluice.catalog.Estate;
import io.sluice.model.failure.Failure;
import io.sluice.model.failure.FailureKind;
import io.sluice.model.work.AuditEntry;
import io.sluice.model.work.Territory;
import io.sluice.model.work.UnitOfWork;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/**
 * A write is one SQL transaction: the owner's guard, the rows of every room that takes part, the audit rows and the
 * change log. What follows a commit runs only once the commit is known to have landed.
 */
public final class SqlUnitOfWork implements UnitOfWork {
    private final Database database;
    private final Estate estate;
    private final Clock clock;
    private final Supplier<Origin> origin;
    private final String rootLog;
    private final LongAdder auditRows;
    private final Timeline timeline;
    private final Convoys convoys;

    /**
     * Of the first metastore.
     *
     * @param origin of the request that is being served, for the audit log
     */
    public SqlUnitOfWork(Database database, Estate estate, Clock clock, Supplier<Origin> origin) {
        this(
                database,
                estate,
                clock,
                origin,
                CatalogStore.FIRST_ROOT_LOG,
                new LongAdder(),
                Timeline.NOBODYS,
                new Convoys(Convoys.MOST_TOGETHER));
    }

    private SqlUnitOfWork(
            Database database,
            Estate estate,
            Clock clock,
            Supplier<Origin> origin,
            String rootLog,
            LongAdder auditRows,
            Timeline timeline,
            Convoys convoys) {
        this.convoys = convoys;
        this.database = database;
        this.estate = estate;
        this.clock = clock;
        this.origin = origin;
        this.rootLog = rootLog;
        this.auditRows = auditRows;
        this.timeline = timeline;
    }

    /** The same for another metastore, which has an audit log of its own. */
    public SqlUnitOfWork ofMetastore(String otherRootLog) {
        return new SqlUnitOfWork(database, estate, clock, origin, otherRootLog, auditRows, timeline, convoys);
    }

    /** The same, which tells when it asks the store. */
    public SqlUnitOfWork timedBy(Timeline newTimeline) {
        return new SqlUnitOfWork(database, estate, clock, origin, rootLog, auditRows, newTimeline, convoys);
    }

    /** The same with at most so many writes to one catalog in a transaction. */
    public SqlUnitOfWork together(int most) {
        return new SqlUnitOfWork(database, estate, clock, origin, rootLog, auditRows, timeline, new Convoys(most));
    }

    /** Of the metastore that this writes for. */
    public String rootLog() {
        return rootLog;
    }

    public LocationStore locations() {
        return new LocationStore(database.dialect());
    }

    @Override
    public <T> T write(Territory territory, Write<T> write) {
        return writeWithLog(territory, write::in);
    }

    /** As {@link #write}, for writers that also append to the change log. */
    public <T> T writeWithLog(Territory territory, LoggedWrite<T> write) {
        estate.requireOurs(territory);
        // With the wait for other writers, which is what makes a write slow.
        try (Timeline.Stretch ignored = timeline.begin("store write")) {
            if (!convoys.isFor(territory)) return lead(territory, write);
            Optional<Convoys.Passenger> waiting = convoys.enter(territory);
            Optional<Connection> open = waiting.flatMap(Convoys.Passenger::awaitBoarding);
            if (open.isPresent()) return goAlong(waiting.orElseThrow(), open.get(), write);
            try {
                return lead(territory, write);
            } finally {
                convoys.leave(territory);
            }
        }
    }

    private <T> T lead(Territory territory, LoggedWrite<T> write) {
        try (Estate.WritePermit permit = estate.permit(territory)) {
            return lead(territory, permit, write);
        }
    }

    /** Whoever comes along writes under the same permit, which is closed when memory has followed all of them. */
    private <T> T lead(Territory territory, Estate.WritePermit permit, LoggedWrite<T> write) {
        List<Aboard> others = new ArrayList<>();
        try {
            return onLockedWriter(connection -> {
                SqlTransaction transaction = newTransaction(connection);
                T result = attempt(connection, territory, permit, write, transaction, others);
                try {
                    landed(transaction);
                } finally {
                    others.forEach(this::landed);
                }
                return result;
            });
        } catch (RuntimeException | Error e) {
            if (e instanceof Failure failure && failure.kind() == FailureKind.UNKNOWN_OUTCOME) permit.doubt();
            others.forEach(other -> other.passenger().lost(e));
            throw e;
        }
    }

    /** @param transaction empty for who did not come to write */
    private record Aboard(Convoys.Passenger passenger, Optional<SqlTransaction> transaction) {}

    private <T> T goAlong(Convoys.Passenger self, Connection connection, LoggedWrite<T> write) {
        Optional<SqlTransaction> written = Optional.empty();
        T result;
        try {
            SqlTransaction transaction = newTransaction(connection);
            result = write.in(transaction);
            written = Optional.of(transaction);
        } catch (SqlTrouble e) {
            throw translated(e.sql());
        } catch (SQLException e) {
            throw translated(e);
        } finally {
            self.written(written);
        }
        self.awaitLanding();
        return result;
    }

    /** A failed write of another is undone by itself; whatever else fails here ends the whole transaction. */
    private void takeAlong(Connection connection, Territory territory, List<Aboard> others) throws SQLException {
        for (int together = 1; together < convoys.mostTogether(); together++) {
            Optional<Convoys.Passenger> next = convoys.next(territory);
            if (next.isEmpty()) return;
            Convoys.Passenger passenger = next.get();
            others.add(new Aboard(passenger, Optional.empty()));
            Savepoint before = connection.setSavepoint();
            Optional<SqlTransaction> written = passenger.board(connection);
            if (written.isEmpty()) connection.rollback(before);
            else others.set(others.size() - 1, new Aboard(passenger, written));
        }
    }

    private SqlTransaction newTransaction(Connection connection) {
        return new SqlTransaction(connection, rootLog, clock, origin.get());
    }

    private void landed(SqlTransaction transaction) {
        auditRows.add(transaction.auditRows());
        transaction.runAfterCommit();
    }

    private void landed(Aboard other) {
        try {
            other.transaction().ifPresent(this::landed);
            other.passenger().landed();
        } catch (RuntimeException e) {
            other.passenger().lost(e);
        }
    }

    /** An audit row about something that changed no other. */
    public void audit(AuditEntry entry) {
        audit(List.of(new AuditEvent(entry, origin.get(), clock.instant())));
    }

    /** Many of them, which were heard of before: all or none. */
    public void audit(List<AuditEvent> events) {
        auditRows.add(onWriter(connection -> {
            connection.setAutoCommit(false);
            try {
                AuditRows.insert(connection, rootLog, events);
            } catch (SQLException | RuntimeException e) {
                rollback(connection, e);
                throw e;
            }
            commit(connection);
            connection.setAutoCommit(true);
            return events.size();
        }));
    }

    /**
     * Rows that belong to nobody's territory, so that any pod may write them. Each statement stands for itself.
     *
     * @param write answers how many rows it changed
     */
    public int aside(Read<Integer> write) {
        return onWriter(write);
    }

    private <T> T onWriter(Read<T> work) {
        try (Timeline.Stretch ignored = timeline.begin("store write")) {
            return onLockedWriter(work);
        }
    }

    private <T> T onLockedWriter(Read<T> work) {
        database.lockForWrite();
        try (Connection connection = database.connect()) {
            return work.in(connection);
        } catch (SqlTrouble e) {
            throw translated(e.sql());
        } catch (SQLException e) {
            throw translated(e);
        } finally {
            database.unlockForWrite();
        }
    }

    @Override
    public <T> T read(Read<T> read) {
        try (Timeline.Stretch ignored = timeline.begin("store read");
                Connection connection = database.connect()) {
            execute(connection, database.dialect().beginRead());
            try {
                return read.in(connection);
            } finally {
                execute(connection, "ROLLBACK");
            }
        } catch (SQLException e) {
            throw translated(e);
        }
    }

    /** Rows of the audit log that were stored since the start. */
    public long auditRowsWritten() {
        return auditRows.sum();
    }

    /** A write that appends to the change log. */
    @FunctionalInterface
    public interface LoggedWrite<T> {
        T in(SqlTransaction transaction) throws SQLException;
    }

    private <T> T attempt(
            Connection connection,
            Territory territory,
            Estate.WritePermit permit,
            LoggedWrite<T> write,
            SqlTransaction transaction,
            List<Aboard> others)
            throws SQLException {
        connection.setAutoCommit(false);
        T result;
        try {
            permit.check(connection);
            result = write.in(transaction);
            if (convoys.isFor(territory)) takeAlong(connection, territory, others);
        } catch (Throwable e) {
            rollback(connection, e);
            throw e;
        }
        commit(connection);
        connection.setAutoCommit(true);
        return result;
    }

    private void commit(Connection connection) {
        try {
            connection.commit();
        } catch (SQLException e) {
            Failure told = told(e);
            // What is left open must not be committed by the connection's next user.
            rollback(connection, told);
            throw told;
        }
    }

    private Failure told(SQLException failedCommit) {
        if (database.dialect().isUndone(failedCommit)) return translated(failedCommit);
        if (database.dialect().isLostConnection(failedCommit)) database.forgetConnections();
        // The answer may have been lost after the database made the write durable.
        return Failure.unknownOutcome(
                failedCommit, "It is not known whether the change was stored. Read it back before trying again.");
    }

    private static void rollback(Connection connection, Throwable because) {
        try {
            connection.rollback();
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            because.addSuppressed(e);
        }
    }

    private static void execute(Connection connection, String command) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(command);
        }
    }

    private Failure translated(SQLException e) {
        if (database.dialect().isDuplicate(e))
            return Failure.alreadyExists(
                    Failure.Subject.ANYTHING, "Something of that name exists already. Pick another name.");
        if (database.dialect().isBrokenReference(e))
            return Failure.conflict(
                    "What this belongs to was dropped meanwhile, or still holds something. Read again.");
        if (database.dialect().isLostConnection(e)) database.forgetConnections();
        return Failure.unavailable(e, "The metadata store refused the request. Try again in a few seconds.");
    }
}
