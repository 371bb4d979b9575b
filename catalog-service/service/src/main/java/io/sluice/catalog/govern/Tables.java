package io.sluice.catalog.govern;

import io.sluice.catalog.access.Authenticator;
import io.sluice.catalog.access.Authorizer;
import io.sluice.catalog.access.Caller;
import io.sluice.catalog.commits.ManagedContract;
import io.sluice.catalog.mount.MountedContents;
import io.sluice.catalog.record.Change;
import io.sluice.catalog.record.Column;
import io.sluice.catalog.record.StagingRecord;
import io.sluice.catalog.record.Stamp;
import io.sluice.catalog.record.TableRecord;
import io.sluice.catalog.record.TableRecord.TableType;
import io.sluice.catalog.snapshot.CatalogNode;
import io.sluice.catalog.snapshot.CatalogSnapshot;
import io.sluice.catalog.snapshot.RootSnapshot;
import io.sluice.catalog.snapshot.SchemaNode;
import io.sluice.catalog.snapshot.Snapshots;
import io.sluice.catalog.snapshot.TableNode;
import io.sluice.catalog.store.CatalogStore;
import io.sluice.catalog.store.SqlUnitOfWork;
import io.sluice.catalog.store.StagingStore;
import io.sluice.lake.table.TableFormat;
import io.sluice.model.failure.Failure;
import io.sluice.model.failure.Failure.Subject;
import io.sluice.model.grant.Privilege;
import io.sluice.model.name.EntityName;
import io.sluice.model.name.SchemaName;
import io.sluice.model.name.TableName;
import io.sluice.model.work.AuditEntry;
import io.sluice.model.work.Territory;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Tables. */
public final class Tables {
    private final Locator locate;
    private final Writes writes;
    private final CatalogStore store;
    private final StagingStore staging;
    private final Snapshots snapshots;
    private final SqlUnitOfWork work;
    private final Authenticator authenticator;
    private final TakenLocations taken;
    private final DroppedTables dropped;
    private final ExternalLocations locations;
    private final Clock clock;
    private final TableLists lists;

    Tables(
            Locator locate,
            Writes writes,
            CatalogStore store,
            StagingStore staging,
            Snapshots snapshots,
            SqlUnitOfWork work,
            Authenticator authenticator,
            TakenLocations taken,
            DroppedTables dropped,
            ExternalLocations locations,
            Clock clock) {
        this.locate = locate;
        this.writes = writes;
        this.store = store;
        this.staging = staging;
        this.snapshots = snapshots;
        this.work = work;
        this.authenticator = authenticator;
        this.taken = taken;
        this.dropped = dropped;
        this.locations = locations;
        this.clock = clock;
        this.lists = new TableLists(locate, snapshots);
    }

    public record NewTable(
            String catalogName,
            String schemaName,
            String name,
            TableType tableType,
            String format,
            List<Column> columns,
            @Nullable String storageLocation,
            @Nullable String comment,
            Map<String, String> properties) {}

    public TableNode create(Caller caller, NewTable wanted) {
        TableName name = TableName.of(wanted.catalogName(), wanted.schemaName(), wanted.name());
        Locator.InCatalog in = locate.enter(name.catalog());
        SchemaNode schema = in.schema(name.schema());
        if (!Authorizer.mayCreateTable(in.root(), in.catalog(), schema, caller))
            throw Authorizer.denied(caller, "create table", name);
        if (in.contents().knows(name) && schema.find(name.table()).isPresent()) throw exists(name);

        TableRecord table = asRecord(caller, name, schema, wanted);
        String log = in.catalog().catalog().id();
        try {
            writes.write(
                    Territory.of(name.catalog()),
                    log,
                    audit(caller, "createTable", name),
                    connection -> {
                        if (table.tableType() == TableType.MANAGED && !staging.consume(connection, table.id()))
                            throw Failure.conflict("Another table was made of the staging table of %s.", name);
                        store.insert(
                                connection,
                                log,
                                Optional.of(schema.schema().id()),
                                name.table().value(),
                                table);
                        taken.take(connection, table.location(), table.id());
                    },
                    new Change.TablePut(table));
        } catch (Failure e) {
            throw Duplicates.told(e, exists(name));
        }
        return TableNode.of(table);
    }

    private TableRecord asRecord(Caller caller, TableName name, SchemaNode schema, NewTable wanted) {
        if (wanted.storageLocation() == null)
            throw Failure.invalid(
                    "Table %s has no storage_location. Give it one; for a MANAGED table, ask for a staging table first.",
                    name);
        requireServed(name, wanted);
        String location = Locations.normalised(wanted.storageLocation());
        String id = wanted.tableType() == TableType.MANAGED
                ? staged(caller, name, schema, location)
                : UUID.randomUUID().toString();
        if (wanted.tableType() == TableType.EXTERNAL) {
            // Whoever could register any folder could read it by a grant on what was registered.
            locations.requireRight(caller, Privilege.CREATE_EXTERNAL_TABLE, location);
            ManagedStorage.requireOutside(location);
        }
        if (wanted.tableType() == TableType.MANAGED) ManagedContract.requireOwnId(wanted.properties(), id);
        return new TableRecord(
                id,
                name,
                wanted.tableType(),
                wanted.format(),
                List.copyOf(wanted.columns()),
                location,
                wanted.comment(),
                Map.copyOf(wanted.properties()),
                Stamp.created(caller.name(), clock.millis()),
                1);
    }

    private static void requireServed(TableName name, NewTable wanted) {
        TableFormat format = TableFormat.find(wanted.format())
                .orElseThrow(() -> Failure.unsupported(
                        "The format %s is not served; DELTA and ICEBERG are. Convert the table.", wanted.format()));
        if (format == TableFormat.ICEBERG && wanted.tableType() == TableType.MANAGED)
            throw Failure.unsupported(
                    "Managed tables are Delta tables. Register the Iceberg table %s as EXTERNAL, with its "
                            + "storage_location.",
                    name);
    }

    /** The id that the place was given out under. */
    private String staged(Caller caller, TableName name, SchemaNode schema, String location) {
        return work.read(connection -> staging.findOpenAt(connection, location))
                .filter(record -> record.creator().equals(caller.name())
                        && record.schemaId().equals(schema.schema().id())
                        && record.name().equals(name.table().value()))
                .map(StagingRecord::id)
                .orElseThrow(() -> Failure.invalid(
                        "The location %s was not given out to you for a table %s. Ask for a staging table first.",
                        location, name));
    }

    public TableNode get(Caller caller, TableName name) {
        Locator.InCatalog in = locate.look(caller, name);
        return visible(in.root(), in.catalog(), in.schema(name.schema()), in.table(name), caller);
    }

    /** Whether there is such a table for the caller. */
    public boolean isVisible(Caller caller, TableName name) {
        Locator.InCatalog in = locate.look(caller, name.schema(), name.table().value());
        return in.contents()
                .find(name)
                .map(table -> Authorizer.maySee(in.root(), in.catalog(), in.schema(name.schema()), table, caller))
                .orElse(false);
    }

    /**
     * The table's body if memory alone can answer; null sends the caller to the ordinary way, which may read the
     * store or forward. This is the way of nearly all requests, so it neither blocks nor allocates much.
     */
    public byte @Nullable [] residentBody(@Nullable String authorization, TableName name) {
        RootSnapshot root = snapshots.residentRoot();
        if (root == null) return null;
        Caller caller = authenticator.fromMemory(root, authorization);
        if (caller == null) return null;
        CatalogNode catalog = Locator.catalog(root, name.catalog());
        CatalogSnapshot contents = snapshots.resident(catalog.catalog());
        if (contents == null || !contents.knows(name)) return null;
        Locator.InCatalog in = new Locator.InCatalog(root, catalog, contents);
        return visible(root, catalog, in.schema(name.schema()), in.table(name), caller)
                .body();
    }

    private static TableNode visible(
            RootSnapshot root, CatalogNode catalog, SchemaNode schema, TableNode table, Caller caller) {
        if (!Authorizer.maySee(root, catalog, schema, table, caller))
            throw Authorizer.denied(caller, "see table", table.table().name());
        return table;
    }

    public Page<TableNode> list(Caller caller, SchemaName name, Page.Request request) {
        return lists.of(caller, name, request);
    }

    /** What may be changed in place; what is null stays. */
    public record Patch(
            @Nullable String comment,
            @Nullable Map<String, String> properties,
            @Nullable String owner) {}

    public TableNode update(Caller caller, TableName name, Patch patch) {
        Locator.InCatalog in = locate.enter(name);
        TableRecord now = in.controlledTable(name, caller).table();
        String owner = patch.owner();
        if (owner != null && !in.root().knows(owner))
            throw Failure.notFound(Subject.ANYTHING, "There is no user or group %s to own table %s.", owner, name);
        Stamp stamp = now.stamp().updated(caller.name(), clock.millis());
        TableRecord next = now.changed(
                patch.comment() == null ? now.comment() : patch.comment(),
                patch.properties() == null ? now.properties() : Map.copyOf(patch.properties()),
                owner == null ? stamp : stamp.ownedBy(owner));
        writes.write(
                Territory.of(name.catalog()),
                in.catalog().catalog().id(),
                audit(caller, "updateTable", name),
                connection -> Versions.requireUpdated(store.update(connection, next), "table " + name),
                new Change.TablePut(next));
        return locate.written(name).table(name);
    }

    /** The tables of a catalog that match, schema by schema, for callers who may see them. */
    public Page<TableNode> summaries(
            Caller caller, EntityName catalog, String schemaPattern, String tablePattern, Page.Request request) {
        return lists.summaries(caller, catalog, schemaPattern, tablePattern, request);
    }

    /** The table can be had back for a while, see {@link DroppedTables}. */
    public void delete(Caller caller, TableName name) {
        dropped.drop(caller, locate.enter(name), name);
    }

    /** A table and the scope of the key that seals it, for callers who may use its rows. */
    public record Usable(TableRecord table, Optional<String> keyScope) {}

    /** The table for a caller who holds the privilege on its rows. */
    public Usable use(Caller caller, TableName name, Privilege privilege) {
        Locator.InCatalog in = locate.enter(name);
        TableNode table = in.table(name);
        if (!Authorizer.mayUse(in.root(), in.catalog(), in.schema(name.schema()), table, caller, privilege))
            throw Authorizer.denied(caller, privilege.spaced() + " on table", name);
        return new Usable(
                table.table(), Optional.ofNullable(in.catalog().catalog().keyScope()));
    }

    /** Whether the caller holds the privilege on the table's rows, whichever pod owns the table. */
    public boolean mayUse(Caller caller, TableName name, Privilege privilege) {
        RootSnapshot root = locate.root();
        Optional<CatalogNode> catalog = root.find(name.catalog());
        if (catalog.isEmpty()) return false;
        CatalogSnapshot contents = snapshots.anywhere(catalog.get().catalog(), name);
        return contents.find(name)
                .map(table -> Authorizer.mayUse(
                        root,
                        catalog.get(),
                        contents.find(name.schema().schema()).orElseThrow(),
                        table,
                        caller,
                        privilege))
                .orElse(false);
    }

    /** The table as the house itself needs it, for callers that have checked the right to it by other means. */
    public Optional<Usable> find(TableName name) {
        RootSnapshot root = locate.root();
        return root.find(name.catalog())
                .flatMap(catalog -> snapshots
                        .anywhere(catalog.catalog(), name)
                        .find(name)
                        .map(table -> new Usable(
                                table.table(),
                                Optional.ofNullable(catalog.catalog().keyScope()))));
    }

    /** Changes with every change of the table; no two tables ever have the same. */
    public Optional<Long> versionOf(TableName name) {
        return locate.root()
                .find(name.catalog())
                .flatMap(catalog -> snapshots.anywhere(catalog.catalog(), name).find(name))
                .map(TableNode::version);
    }

    /** The tables that are sealed under a key scope. */
    public List<TableName> namesUnder(String keyScope) {
        return locate.root().catalogs().values().stream()
                .map(CatalogNode::catalog)
                .filter(catalog -> keyScope.equals(catalog.keyScope()))
                .flatMap(catalog ->
                        work.read(connection -> store.tableNames(connection, catalog.id(), catalog.name())).stream())
                .toList();
    }

    /** The table behind an id, whoever asks. Asks the store. */
    public Optional<TableRecord> withId(String tableId) {
        return work.read(connection -> store.table(connection, tableId));
    }

    /** The name behind a table id. */
    public TableName nameOf(String tableId) {
        return withId(tableId)
                .map(TableRecord::name)
                .orElseThrow(() -> MountedContents.isMountedId(tableId)
                        ? Failure.invalid(
                                "The id %s is that of a table in a mounted catalog, whose files are not opened here. Read"
                                        + " it by the sharing protocol with a profile from the provider.",
                                tableId)
                        : Failure.notFound(Subject.TABLE, "No table has the id %s.", tableId));
    }

    private static Failure exists(TableName name) {
        return Failure.alreadyExists(Subject.TABLE, "Table %s exists already. Pick another name.", name);
    }

    private static AuditEntry audit(Caller caller, String action, TableName name) {
        return AuditEntry.done(caller.name(), "unityCatalog", action, Map.of("full_name", name.toString()));
    }
}
