package io.sluice.catalog.govern;

import io.sluice.catalog.access.Authorizer;
import io.sluice.catalog.access.Caller;
import io.sluice.catalog.commits.Commits;
import io.sluice.catalog.commits.Commits.Unbackfilled;
import io.sluice.catalog.commits.NewDelta;
import io.sluice.catalog.commits.TableUpdate;
import io.sluice.catalog.govern.Tables.NewTable;
import io.sluice.catalog.record.Change;
import io.sluice.catalog.record.TableRecord;
import io.sluice.catalog.record.TableRecord.TableType;
import io.sluice.catalog.snapshot.SchemaNode;
import io.sluice.catalog.snapshot.TableNode;
import io.sluice.catalog.store.CatalogStore;
import io.sluice.catalog.store.SqlTransaction;
import io.sluice.catalog.store.SqlUnitOfWork;
import io.sluice.lake.table.TableFormat;
import io.sluice.model.failure.Failure;
import io.sluice.model.failure.Failure.Subject;
import io.sluice.model.grant.Privilege;
import io.sluice.model.grant.SecurableType;
import io.sluice.model.name.TableName;
import io.sluice.model.work.AuditEntry;
import io.sluice.model.work.Territory;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tables as engines see them that speak Delta: with their versions, and changed together with a commit. */
public final class DeltaTables {
    private final Locator locate;
    private final Tables tables;
    private final TableWriter writer;
    private final Writes writes;
    private final CatalogStore store;
    private final Commits commits;
    private final SqlUnitOfWork work;
    private final Clock clock;

    DeltaTables(
            Locator locate,
            Tables tables,
            TableWriter writer,
            Writes writes,
            CatalogStore store,
            Commits commits,
            SqlUnitOfWork work,
            Clock clock) {
        this.locate = locate;
        this.tables = tables;
        this.writer = writer;
        this.writes = writes;
        this.store = store;
        this.commits = commits;
        this.work = work;
        this.clock = clock;
    }

    /** @param versions empty for a table whose versions are given out by its own log */
    public record Loaded(TableRecord table, Optional<Unbackfilled> versions) {}

    /** The table and its commits as of one instant, for callers who may read or write its rows. */
    public Loaded load(Caller caller, TableName name) {
        Locator.InCatalog in = locate.enter(name);
        TableNode node = in.table(name);
        SchemaNode schema = in.schema(name.schema());
        if (!Authorizer.mayUse(in.root(), in.catalog(), schema, node, caller, Privilege.SELECT)
                && !Authorizer.mayUse(in.root(), in.catalog(), schema, node, caller, Privilege.MODIFY))
            throw Authorizer.denied(caller, "load table", name);
        TableRecord table = node.table();
        requireDelta(table);
        if (table.tableType() != TableType.MANAGED) return new Loaded(table, Optional.empty());
        // One transaction, for the table in memory and the commits in the store may be of different instants.
        return work.read(connection -> new Loaded(
                store.table(connection, table.id())
                        .orElseThrow(() -> Failure.notFound(Subject.TABLE, "Table %s was dropped meanwhile.", name)),
                Optional.of(commits.unbackfilled(connection, table.id(), 0, Long.MAX_VALUE))));
    }

    /** Registers a table whose first commit is written already; a managed one at the place of its staging table. */
    public Loaded create(Caller caller, TableName name, NewDelta table) {
        tables.create(
                caller,
                new NewTable(
                        name.catalog().value(),
                        name.schema().schema().value(),
                        name.table().value(),
                        table.type(),
                        TableFormat.DELTA.name(),
                        table.columns(),
                        table.location(),
                        table.comment(),
                        table.properties()));
        return load(caller, name);
    }

    /** @param id of the table that is meant: another one may have the name by now */
    public Loaded update(Caller caller, TableName name, String id, TableUpdate update) {
        TableRecord table = withId(tables.use(caller, name, Privilege.MODIFY).table(), id);
        requireDelta(table);
        if (table.tableType() != TableType.MANAGED && (update.commit() != null || update.backfilled() != null))
            throw Failure.invalid("Table %s is not managed: its versions are given out by its log.", name);
        writer.write(caller, table, update);
        return load(caller, name);
    }

    private static void requireDelta(TableRecord table) {
        if (!table.format().equals(TableFormat.DELTA.name()))
            throw Failure.unsupported(
                    "Table %s has the format %s. Read it from its location with an engine that knows the format.",
                    table.name(), table.format());
    }

    private static TableRecord withId(TableRecord table, String id) {
        if (!table.id().equals(id))
            throw Failure.requirementNotMet(
                    "Table %s has the id %s, not %s: another table has taken the name. Load it again.",
                    table.name(), table.id(), id);
        return table;
    }

    /** Throws unless the caller may write the table and it has that id. */
    public void requireWritable(Caller caller, TableName name, String id) {
        if (!tables.use(caller, name, Privilege.MODIFY).table().id().equals(id))
            throw Failure.invalid("Table %s does not have the id %s. Load it again.", name, id);
    }

    /** Gives the table another name in its schema; grants stay with it. */
    public void rename(Caller caller, TableName name, TableName next) {
        Locator.InCatalog in = locate.enter(name);
        TableRecord table = in.controlledTable(name, caller).table();
        Failure exists = Failure.alreadyExists(Subject.TABLE, "There is a table %s already. Pick another name.", next);
        if (in.contents().knows(next) && in.contents().find(next).isPresent()) throw exists;
        TableRecord renamed = table.named(next, table.stamp().updated(caller.name(), clock.millis()));
        try {
            writes.decide(
                    Territory.of(name.catalog()),
                    in.catalog().catalog().id(),
                    transaction -> changes(transaction, caller, name, renamed));
        } catch (Failure e) {
            throw Duplicates.told(e, exists);
        }
    }

    private List<Change> changes(SqlTransaction transaction, Caller caller, TableName name, TableRecord renamed)
            throws SQLException {
        Connection connection = transaction.connection();
        Versions.requireUpdated(store.update(connection, renamed), "table " + name);
        store.rename(connection, renamed.id(), renamed.name().table().value());
        transaction.audit(AuditEntry.done(
                caller.name(),
                "unityCatalog",
                "renameTable",
                Map.of("full_name", name.toString(), "new_name", renamed.name().toString())));
        return List.of(
                new Change.TableGone(name),
                new Change.TablePut(renamed),
                // As they are now, and not as they were in memory: somebody may have granted or revoked meanwhile.
                new Change.GrantsPut(
                        SecurableType.TABLE, renamed.name().toString(), store.grantsOn(connection, renamed.id())));
    }
}
