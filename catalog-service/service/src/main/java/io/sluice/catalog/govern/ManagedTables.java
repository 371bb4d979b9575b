package io.sluice.catalog.govern;

import io.sluice.catalog.access.Authorizer;
import io.sluice.catalog.access.Caller;
import io.sluice.catalog.commits.Commits;
import io.sluice.catalog.commits.Commits.Unbackfilled;
import io.sluice.catalog.commits.StagedCommit;
import io.sluice.catalog.record.Change;
import io.sluice.catalog.record.Column;
import io.sluice.catalog.record.StagingRecord;
import io.sluice.catalog.record.TableRecord;
import io.sluice.catalog.record.TableRecord.TableType;
import io.sluice.catalog.snapshot.SchemaNode;
import io.sluice.catalog.store.CatalogStore;
import io.sluice.catalog.store.SqlUnitOfWork;
import io.sluice.catalog.store.StagingStore;
import io.sluice.model.failure.Failure;
import io.sluice.model.failure.Failure.Subject;
import io.sluice.model.failure.FailureKind;
import io.sluice.model.grant.Privilege;
import io.sluice.model.name.TableName;
import io.sluice.model.work.AuditEntry;
import io.sluice.model.work.Territory;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Tables whose files lie where the catalog says and whose versions are given out by it. */
public final class ManagedTables {
    private final Locator locate;
    private final Tables tables;
    private final Writes writes;
    private final CatalogStore store;
    private final StagingStore staging;
    private final SqlUnitOfWork work;
    private final Clock clock;
    private final Commits commits = new Commits();

    ManagedTables(
            Locator locate,
            Tables tables,
            Writes writes,
            CatalogStore store,
            StagingStore staging,
            SqlUnitOfWork work,
            Clock clock) {
        this.locate = locate;
        this.tables = tables;
        this.writes = writes;
        this.store = store;
        this.staging = staging;
        this.work = work;
        this.clock = clock;
    }

    /** Gives out a place for a table to come. */
    public StagingRecord stage(Caller caller, TableName name) {
        Locator.InCatalog in = locate.enter(name.catalog());
        SchemaNode schema = in.schema(name.schema());
        if (!Authorizer.mayCreateTable(in.root(), in.catalog(), schema, caller))
            throw Authorizer.denied(caller, "create table", name);
        if (schema.find(name.table()).isPresent())
            throw Failure.alreadyExists(Subject.TABLE, "Table %s exists already. Pick another name.", name);
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

    /** What a commit says about the table beside its files; what is null stays. */
    public record NewMetadata(
            @Nullable String comment,
            @Nullable List<Column> columns,
            @Nullable Map<String, String> properties) {}

    /**
     * @param backfilled all versions up to it stand in the log by now; null says nothing about it
     */
    public void commit(
            Caller caller,
            String tableId,
            String tableUri,
            @Nullable StagedCommit commit,
            @Nullable Long backfilled,
            @Nullable NewMetadata metadata) {
        if (commit == null && backfilled == null)
            throw Failure.invalid("There is neither a commit_info nor a latest_backfilled_version. Send one of them.");
        TableRecord table = managed(caller, tableId, tableUri, Privilege.MODIFY);
        Writes.Rows rows = connection -> {
            if (commit != null) commits.commit(connection, tableId, commit);
            if (backfilled != null) commits.backfilled(connection, tableId, backfilled);
        };
        AuditEntry audit = AuditEntry.done(
                caller.name(),
                "unityCatalog",
                "commitTable",
                Map.of(
                        "full_name",
                        table.name().toString(),
                        "version",
                        commit == null ? "" : String.valueOf(commit.version())));
        try {
            write(table, rows, audit, metadata, caller);
        } catch (Failure e) {
            // Two writers with the same version, at the same moment: the database's answer in the words of commits.
            if (e.kind() == FailureKind.ALREADY_EXISTS)
                throw Failure.versionTaken(
                        "The version was committed by another writer. Read the table again and retry.");
            throw e;
        }
    }

    private void write(
            TableRecord table, Writes.Rows rows, AuditEntry audit, @Nullable NewMetadata metadata, Caller caller) {
        Territory territory = Territory.of(table.name().catalog());
        if (metadata == null) {
            work.write(territory, transaction -> {
                rows.write(transaction.connection());
                transaction.audit(audit);
                return table;
            });
            return;
        }
        TableRecord next = table.described(
                metadata.comment() == null ? table.comment() : metadata.comment(),
                metadata.columns() == null ? table.columns() : List.copyOf(metadata.columns()),
                metadata.properties() == null ? table.properties() : Map.copyOf(metadata.properties()),
                table.stamp().updated(caller.name(), clock.millis()));
        String log = locate.enter(table.name().catalog()).catalog().catalog().id();
        writes.write(
                territory,
                log,
                audit,
                connection -> {
                    rows.write(connection);
                    Versions.requireUpdated(store.update(connection, next), "table " + table.name());
                },
                new Change.TablePut(next));
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
