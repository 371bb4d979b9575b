package io.sluice.catalog.govern;

import io.sluice.catalog.WrongPodException;
import io.sluice.catalog.access.Authorizer;
import io.sluice.catalog.access.Caller;
import io.sluice.catalog.record.Change;
import io.sluice.catalog.record.DroppedTable;
import io.sluice.catalog.record.Stamp;
import io.sluice.catalog.record.TableRecord;
import io.sluice.catalog.snapshot.SchemaNode;
import io.sluice.catalog.snapshot.TableNode;
import io.sluice.catalog.store.CatalogStore;
import io.sluice.catalog.store.DropStore;
import io.sluice.catalog.store.SqlUnitOfWork;
import io.sluice.model.failure.Failure;
import io.sluice.model.failure.Failure.Subject;
import io.sluice.model.failure.FailureKind;
import io.sluice.model.grant.SecurableType;
import io.sluice.model.name.SchemaName;
import io.sluice.model.name.TableName;
import io.sluice.model.work.AuditEntry;
import io.sluice.model.work.Territory;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tables after they were dropped. For a while they can be had back with their grants and commits; then the row goes, and
 * the folder of a managed one is emptied.
 */
public final class DroppedTables {
    private static final int AT_ONCE = 100;

    private final Locator locate;
    private final Writes writes;
    private final CatalogStore store;
    private final DropStore drops = new DropStore();
    private final TakenLocations taken;
    private final SqlUnitOfWork work;
    private final Duration keptFor;
    private final Clock clock;

    DroppedTables(
            Locator locate,
            Writes writes,
            CatalogStore store,
            TakenLocations taken,
            SqlUnitOfWork work,
            Duration keptFor,
            Clock clock) {
        this.locate = locate;
        this.writes = writes;
        this.store = store;
        this.taken = taken;
        this.work = work;
        this.keptFor = keptFor;
        this.clock = clock;
    }

    void drop(Caller caller, Locator.InCatalog in, TableName name) {
        TableRecord table = in.controlledTable(name, caller).table();
        String schemaId = in.schema(name.schema()).schema().id();
        DroppedTable dropped = new DroppedTable(table, schemaId, clock.millis(), caller.name());
        writes.write(
                Territory.of(name.catalog()),
                in.catalog().catalog().id(),
                audit(caller.name(), "deleteTable", name),
                connection -> drops.setAside(connection, dropped),
                new Change.TableGone(name));
    }

    /** Those of a schema that the caller could have back, the last dropped first. */
    public List<DroppedTable> list(Caller caller, SchemaName name) {
        Locator.InCatalog in = locate.enter(name.catalog());
        SchemaNode schema = in.schema(name);
        if (!Authorizer.maySee(in.root(), in.catalog(), schema, caller))
            throw Authorizer.denied(caller, "see schema", name);
        return work.read(connection -> drops.list(connection, schema.schema().id())).stream()
                .filter(dropped -> mayRestore(caller, in, schema, dropped))
                .toList();
    }

    /** @param id which of several that had the name; null takes the one dropped last */
    public TableNode restore(Caller caller, TableName name, @Nullable String id) {
        Locator.InCatalog in = locate.enter(name);
        SchemaNode schema = in.schema(name.schema());
        DroppedTable dropped = list(caller, name.schema()).stream()
                .filter(candidate -> candidate.table().name().equals(name))
                .filter(candidate -> id == null || candidate.table().id().equals(id))
                .findFirst()
                .orElseThrow(() -> Failure.notFound(
                        Subject.TABLE,
                        "There is no dropped table %s that you may have back. Dropped tables are kept for %d days.",
                        name,
                        keptFor.toDays()));
        if (schema.find(name.table()).isPresent())
            throw Failure.alreadyExists(
                    Subject.TABLE, "There is another table %s by now. Drop it first, or give it another name.", name);
        Stamp stamp = dropped.table().stamp().updated(caller.name(), clock.millis());
        TableRecord table = dropped.table()
                .changed(dropped.table().comment(), dropped.table().properties(), stamp);
        try {
            writes.decide(Territory.of(name.catalog()), in.catalog().catalog().id(), transaction -> {
                bringBack(transaction.connection(), table);
                transaction.audit(audit(caller.name(), "undropTable", name));
                return List.of(
                        new Change.TablePut(table),
                        new Change.GrantsPut(
                                SecurableType.TABLE,
                                name.toString(),
                                store.grantsOn(transaction.connection(), table.id())));
            });
        } catch (Failure e) {
            throw Duplicates.told(e, Failure.alreadyExists(Subject.TABLE, "There is another table %s by now.", name));
        }
        return locate.written(name).table(name);
    }

    private void bringBack(Connection connection, TableRecord table) throws SQLException {
        if (!drops.restore(connection, table))
            throw Failure.conflict("Table %s came back, or went for good, just now.", table.name());
        Versions.requireUpdated(store.update(connection, table), "table " + table.name());
        if (table.tableType() == TableRecord.TableType.EXTERNAL) taken.take(connection, table.location(), table.id());
    }

    private static boolean mayRestore(Caller caller, Locator.InCatalog in, SchemaNode schema, DroppedTable dropped) {
        return Authorizer.controls(in.root(), in.catalog(), schema, caller)
                || Authorizer.principalsOf(in.root(), caller)
                        .contains(dropped.table().owner());
    }

    /** Lets go for good of what was dropped too long ago in this metastore. Answers how many. */
    public int purge() {
        long before = clock.millis() - keptFor.toMillis();
        int purged = 0;
        for (DroppedTable dropped :
                work.read(connection -> drops.droppedBefore(connection, work.rootLog(), before, AT_ONCE)))
            if (purge(dropped.table())) purged++;
        return purged;
    }

    private boolean purge(TableRecord table) {
        try {
            work.write(Territory.of(table.name().catalog()), transaction -> {
                drops.doom(transaction.connection(), table.id(), clock.millis());
                store.delete(transaction.connection(), table.id());
                transaction.audit(audit("system", "purgeTable", table.name()));
                return table;
            });
            return true;
        } catch (WrongPodException e) {
            // The pod that owns the catalog does it.
            return false;
        } catch (Failure e) {
            if (e.kind() == FailureKind.UNAVAILABLE) return false;
            throw e;
        }
    }

    /** Empties a folder, from its first file to its last. */
    @FunctionalInterface
    public interface FolderCleaner {
        void empty(String location) throws IOException;
    }

    /** Empties the folders whose time has come, of all metastores. One that cannot be emptied is tried again the next time. */
    public int sweep(FolderCleaner cleaner) {
        int emptied = 0;
        for (String path : work.read(connection -> drops.doomed(connection, clock.millis(), AT_ONCE))) {
            try {
                cleaner.empty(path);
            } catch (IOException e) {
                continue;
            }
            work.aside(connection -> drops.forgetDoomed(connection, path));
            emptied++;
        }
        return emptied;
    }

    private static AuditEntry audit(String user, String action, TableName name) {
        return AuditEntry.done(user, "unityCatalog", action, Map.of("full_name", name.toString()));
    }
}
