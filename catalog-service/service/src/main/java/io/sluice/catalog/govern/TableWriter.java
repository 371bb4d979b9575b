package io.sluice.catalog.govern;

import io.sluice.catalog.access.Caller;
import io.sluice.catalog.commits.Commits;
import io.sluice.catalog.commits.Commits.Outcome;
import io.sluice.catalog.commits.StagedCommit;
import io.sluice.catalog.commits.TableUpdate;
import io.sluice.catalog.record.Change;
import io.sluice.catalog.record.TableRecord;
import io.sluice.catalog.store.CatalogStore;
import io.sluice.catalog.store.SqlTransaction;
import io.sluice.catalog.store.SqlUnitOfWork;
import io.sluice.model.failure.Failure;
import io.sluice.model.failure.Failure.Subject;
import io.sluice.model.failure.FailureKind;
import io.sluice.model.work.AuditEntry;
import io.sluice.model.work.Territory;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Carries out updates of tables, each in one transaction. Whether an update is still wanted is decided inside of it,
 * against the table as it is stored then and not as it was in memory.
 */
final class TableWriter {
    private final Locator locate;
    private final Writes writes;
    private final CatalogStore store;
    private final Commits commits;
    private final SqlUnitOfWork work;
    private final Clock clock;

    TableWriter(Locator locate, Writes writes, CatalogStore store, Commits commits, SqlUnitOfWork work, Clock clock) {
        this.locate = locate;
        this.writes = writes;
        this.store = store;
        this.commits = commits;
        this.work = work;
        this.clock = clock;
    }

    void write(Caller caller, TableRecord table, TableUpdate update) {
        Territory territory = Territory.of(table.name().catalog());
        try {
            if (update.readsTheTable())
                writes.decide(
                        territory,
                        locate.enter(table.name().catalog()).catalog().catalog().id(),
                        transaction -> changes(transaction, caller, table, update));
            else
                // Snapshots show nothing of it, so writers of one catalog need not wait for each other.
                work.writeWithLog(territory, transaction -> record(transaction, caller, table, update));
        } catch (Failure e) {
            // Two writers with the same version, at the same moment: the database's answer in the words of commits.
            throw e.kind() == FailureKind.ALREADY_EXISTS
                    ? Failure.versionTaken(
                            "The version was committed by another writer. Read the table again and retry.")
                    : e;
        }
    }

    private List<Change> changes(SqlTransaction transaction, Caller caller, TableRecord table, TableUpdate update)
            throws SQLException {
        // Before the etag: a repeated request is answered as the first time, which changed the etag itself.
        if (record(transaction, caller, table, update) == Outcome.REPEATED) return List.of();
        TableRecord now = stored(transaction.connection(), table);
        update.requireEtag(now);
        if (update.changes().isEmpty()) return List.of();
        TableRecord next = update.on(now, caller.name(), clock.millis());
        Versions.requireUpdated(store.update(transaction.connection(), next), "table " + now.name());
        return List.of(new Change.TablePut(next));
    }

    private Outcome record(SqlTransaction transaction, Caller caller, TableRecord table, TableUpdate update)
            throws SQLException {
        Outcome outcome = update.commit() == null && update.backfilled() == null
                ? Outcome.RECORDED
                : commits.record(transaction.connection(), table.id(), update.commit(), update.backfilled());
        if (outcome == Outcome.RECORDED) transaction.audit(audit(caller, table, update.commit()));
        return outcome;
    }

    private TableRecord stored(Connection connection, TableRecord table) throws SQLException {
        return store.table(connection, table.id())
                .orElseThrow(() -> Failure.notFound(Subject.TABLE, "Table %s was dropped meanwhile.", table.name()));
    }

    private static AuditEntry audit(Caller caller, TableRecord table, @Nullable StagedCommit commit) {
        return AuditEntry.done(
                caller.name(),
                "unityCatalog",
                commit == null ? "updateTable" : "commitTable",
                Map.of(
                        "full_name",
                        table.name().toString(),
                        "version",
                        Optional.ofNullable(commit)
                                .map(made -> String.valueOf(made.version()))
                                .orElse("")));
    }
}
