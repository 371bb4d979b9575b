package io.sluice.catalog.govern;

import io.sluice.catalog.record.Change;
import io.sluice.catalog.snapshot.Snapshots;
import io.sluice.catalog.store.SqlTransaction;
import io.sluice.catalog.store.SqlUnitOfWork;
import io.sluice.model.failure.Failure;
import io.sluice.model.failure.FailureKind;
import io.sluice.model.work.AuditEntry;
import io.sluice.model.work.Territory;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** The shape of every write of the catalog: rows, change log, audit row, commit, and then the snapshot follows. */
final class Writes {
    private final SqlUnitOfWork work;
    private final Snapshots snapshots;

    Writes(SqlUnitOfWork work, Snapshots snapshots) {
        this.work = work;
        this.snapshots = snapshots;
    }

    /** @param log the change log that the changes go to */
    void write(Territory territory, String log, AuditEntry audit, Rows rows, Change... changes) {
        logged(territory, log, transaction -> {
            // The sequence first: its row is the lock that orders the writers of one log.
            append(transaction, log, List.of(changes));
            rows.write(transaction.connection());
            transaction.audit(audit);
            return log;
        });
    }

    /** A write of what stands above the catalogs. */
    void writeRoot(AuditEntry audit, Rows rows, Change... changes) {
        write(Territory.ROOT, rootLog(), audit, rows, changes);
    }

    String rootLog() {
        return work.rootLog();
    }

    /** As {@link #write}, for what is decided only when no other writer of the log can change what it hangs on. */
    void decide(Territory territory, String log, Decision decision) {
        logged(territory, log, transaction -> {
            transaction.lock(log);
            List<Change> changes = decision.in(transaction);
            if (!changes.isEmpty()) append(transaction, log, changes);
            return log;
        });
    }

    private void append(SqlTransaction transaction, String log, List<Change> changes) throws SQLException {
        long last = transaction.append(log, changes);
        transaction.afterCommit(() -> snapshots.committed(log, last, changes));
    }

    private void logged(Territory territory, String log, SqlUnitOfWork.LoggedWrite<String> write) {
        try {
            work.writeWithLog(territory, write);
        } catch (Failure e) {
            // Memory must not answer for a write that may or may not have landed: read it again.
            if (e.kind() == FailureKind.UNKNOWN_OUTCOME) snapshots.forget(log);
            throw e;
        }
    }

    /** Writes the rows and the audit row, and answers what goes into the log. */
    @FunctionalInterface
    interface Decision {
        List<Change> in(SqlTransaction transaction) throws SQLException;
    }

    @FunctionalInterface
    interface Rows {
        void write(Connection connection) throws SQLException;
    }
}
