package io.sluice.catalog.govern;

import io.sluice.catalog.access.Authorizer;
import io.sluice.catalog.access.Caller;
import io.sluice.catalog.commits.Commits;
import io.sluice.catalog.commits.Commits.Unbackfilled;
import io.sluice.catalog.commits.TableUpdate;
import io.sluice.catalog.record.StagingRecord;
import io.sluice.catalog.record.TableRecord;
import io.sluice.catalog.record.TableRecord.TableType;
import io.sluice.catalog.snapshot.SchemaNode;
import io.sluice.catalog.store.SqlUnitOfWork;
import io.sluice.catalog.store.StagingStore;
import io.sluice.model.failure.Failure;
import io.sluice.model.failure.Failure.Subject;
import io.sluice.model.grant.Privilege;
import io.sluice.model.name.TableName;
import io.sluice.model.work.AuditEntry;
import io.sluice.model.work.Territory;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Tables whose files lie where the catalog says and whose versions are given out by it. */
public final class ManagedTables {
    private final Locator locate;
    private final Tables tables;
    private final TableWriter writer;
    private final Commits commits;
    private final StagingStore staging;
    private final SqlUnitOfWork work;
    private final Clock clock;

    ManagedTables(
            Locator locate,
            Tables tables,
            TableWriter writer,
            Commits commits,
            StagingStore staging,
            SqlUnitOfWork work,
            Clock clock) {
        this.locate = locate;
        this.tables = tables;
        this.writer = writer;
        this.commits = commits;
        this.staging = staging;
        this.work = work;
        this.clock = clock;
    }

    /** Gives out a place for a table to come. */
    public StagingRecord stage(Caller caller, TableName name) {
        Locator.InCatalog in = locate.enter(name);
        SchemaNode schema = in.schema(name.schema());
        if (!Authorizer.mayCreateTable(in.root(), in.catalog(), schema, caller))
            throw Authorizer.denied(caller, "create table", name);
        if (schema.find(name.table()).isPresent())
            throw Failure.alreadyExists(Subject.TABLE, "Table %s exists already. Pick another name.", name);
        if (in.catalog().catalog().keyScope() != null)
            throw Failure.unsupported(
                    "Catalog %s is sealed, and clients would write the files of table %s in clear. Make the table in"
                            + " another catalog.",
                    name.catalog(), name);
        String id = UUID.randomUUID().toString();
        StagingRecord record = new StagingRecord(
                id,
                schema.schema().id(),
                name.table().value(),
                ManagedStorage.location(in.catalog().catalog(), schema.schema(), "tables", id),
                caller.name(),
                clock.millis());
        work.write(Territory.of(name.catalog()), transaction -> {
            staging.insert(transaction.connection(), record);
            transaction.audit(AuditEntry.done(
                    caller.name(), "unityCatalog", "createStagingTable", Map.of("full_name", name.toString())));
            return id;
        });
        return record;
    }

    /** A place that was given out to the caller, and of which no table was made yet. */
    Optional<StagingRecord> staged(Caller caller, String id) {
        return work.read(connection -> staging.findOpen(connection, id))
                .filter(record -> record.creator().equals(caller.name()));
    }

    /** Records a commit, a backfill, and what the commit says about the table. */
    public void commit(Caller caller, String tableId, String tableUri, TableUpdate update) {
        if (update.commit() == null && !update.changes().isEmpty())
            throw Failure.invalid("There is metadata without a commit that brings it. Send it with the commit.");
        writer.write(caller, managed(caller, tableId, tableUri, Privilege.MODIFY), update);
    }

    public Unbackfilled commits(Caller caller, String tableId, String tableUri, long first, long last) {
        managed(caller, tableId, tableUri, Privilege.SELECT);
        return work.read(connection -> commits.unbackfilled(connection, tableId, first, last));
    }

    private TableRecord managed(Caller caller, String tableId, String tableUri, Privilege privilege) {
        TableRecord table =
                tables.use(caller, tables.nameOf(tableId), privilege).table();
        if (table.tableType() != TableType.MANAGED)
            throw Failure.invalid("Table %s is not managed: its versions are given out by its log.", table.name());
        if (!Locations.normalised(tableUri).equals(table.location()))
            throw Failure.invalid("The table_uri %s is not where table %s lies.", tableUri, table.name());
        return table;
    }
}
