package io.sluice.catalog.govern;

import io.sluice.catalog.access.Authorizer;
import io.sluice.catalog.access.Caller;
import io.sluice.catalog.record.Change;
import io.sluice.catalog.record.SchemaRecord;
import io.sluice.catalog.record.Stamp;
import io.sluice.catalog.snapshot.SchemaNode;
import io.sluice.catalog.store.CatalogStore;
import io.sluice.catalog.store.DropStore;
import io.sluice.model.failure.Failure;
import io.sluice.model.failure.Failure.Subject;
import io.sluice.model.failure.FailureKind;
import io.sluice.model.name.EntityName;
import io.sluice.model.name.SchemaName;
import io.sluice.model.work.AuditEntry;
import io.sluice.model.work.Territory;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Schemas. */
public final class Schemas {
    private final Locator locate;
    private final Writes writes;
    private final CatalogStore store;
    private final ExternalLocations locations;
    private final DropStore drops = new DropStore();
    private final Clock clock;

    Schemas(Locator locate, Writes writes, CatalogStore store, ExternalLocations locations, Clock clock) {
        this.locate = locate;
        this.writes = writes;
        this.store = store;
        this.locations = locations;
        this.clock = clock;
    }

    public record NewSchema(
            String catalogName,
            String name,
            @Nullable String comment,
            Map<String, String> properties,
            @Nullable String storageRoot) {}

    public SchemaNode create(Caller caller, NewSchema wanted) {
        SchemaName name = SchemaName.of(wanted.catalogName(), wanted.name());
        Locator.InCatalog in = locate.enter(name.catalog());
        if (!Authorizer.mayCreateSchema(in.root(), in.catalog(), caller))
            throw Authorizer.denied(caller, "create schema", name);
        if (in.contents().find(name.schema()).isPresent()) throw exists(name);

        SchemaRecord schema = new SchemaRecord(
                UUID.randomUUID().toString(),
                name,
                wanted.comment(),
                Map.copyOf(wanted.properties()),
                locations.storageRoot(caller, wanted.storageRoot()),
                Stamp.created(caller.name(), clock.millis()),
                1);
        String catalogId = in.catalog().catalog().id();
        try {
            writes.write(
                    Territory.of(name.catalog()),
                    catalogId,
                    audit(caller, "createSchema", name),
                    connection -> store.insert(
                            connection,
                            catalogId,
                            Optional.of(catalogId),
                            name.schema().value(),
                            schema),
                    new Change.SchemaPut(schema));
        } catch (Failure e) {
            throw Duplicates.told(e, exists(name));
        }
        return locate.written(name.catalog()).schema(name);
    }

    public SchemaNode get(Caller caller, SchemaName name) {
        Locator.InCatalog in = locate.look(caller, name.catalog());
        SchemaNode schema = in.schema(name);
        if (!Authorizer.maySee(in.root(), in.catalog(), schema, caller))
            throw Authorizer.denied(caller, "see schema", name);
        return schema;
    }

    public Page<SchemaNode> list(Caller caller, EntityName catalog, Page.Request request) {
        Locator.InCatalog in = locate.look(caller, catalog);
        if (!Authorizer.maySee(in.root(), in.catalog(), caller))
            throw Authorizer.denied(caller, "see catalog", catalog);
        return Page.of(
                in.contents().schemas(),
                EntityName::of,
                request,
                schema -> Authorizer.maySee(in.root(), in.catalog(), schema, caller));
    }

    /** Absent fields stay as they are. */
    public record Patch(
            @Nullable String newName,
            @Nullable String comment,
            @Nullable Map<String, String> properties,
            @Nullable String owner) {}

    public SchemaNode update(Caller caller, SchemaName name, Patch patch) {
        Locator.InCatalog in = locate.enter(name.catalog());
        SchemaRecord now = in.controlledSchema(name, caller).schema();
        Stamp stamp = now.stamp().updated(caller.name(), clock.millis());
        SchemaName newName =
                patch.newName() == null ? name : SchemaName.of(name.catalog().value(), patch.newName());
        boolean isRenamed = !newName.equals(name);
        SchemaRecord next = new SchemaRecord(
                now.id(),
                newName,
                patch.comment() == null ? now.comment() : patch.comment(),
                patch.properties() == null ? now.properties() : Map.copyOf(patch.properties()),
                now.storageRoot(),
                patch.owner() == null ? stamp : stamp.ownedBy(patch.owner()),
                now.version() + 1);
        try {
            writes.write(
                    Territory.of(name.catalog()),
                    in.catalog().catalog().id(),
                    audit(caller, "updateSchema", name),
                    connection -> {
                        Versions.requireUpdated(store.update(connection, next), "schema " + name);
                        if (isRenamed)
                            store.rename(connection, next.id(), newName.schema().value());
                    },
                    isRenamed ? new Change.SchemaRenamed(name, next) : new Change.SchemaPut(next));
        } catch (Failure e) {
            throw Duplicates.told(e, exists(newName));
        }
        return locate.written(name.catalog()).schema(newName);
    }

    /** @param force also drops what is in it, for good; data files of external tables stay where they are */
    public void delete(Caller caller, SchemaName name, boolean force) {
        Locator.InCatalog in = locate.enter(name.catalog());
        String id = in.controlledSchema(name, caller).schema().id();
        try {
            writes.write(
                    Territory.of(name.catalog()),
                    in.catalog().catalog().id(),
                    audit(caller, "deleteSchema", name),
                    connection -> {
                        drops.doomAllIn(connection, id, clock.millis());
                        if (force) store.deleteChildren(connection, id);
                        else store.deleteDroppedChildren(connection, id);
                        store.delete(connection, id);
                    },
                    new Change.SchemaGone(name));
        } catch (Failure e) {
            // The database's own reference is what holds: it also knows of what was made just now.
            if (e.kind() == FailureKind.CONFLICT && !force)
                throw Failure.invalid(
                        "Schema %s still has tables or other objects. Drop them first, or pass force=true.", name);
            throw e;
        }
    }

    private static Failure exists(SchemaName name) {
        return Failure.alreadyExists(Subject.SCHEMA, "Schema %s exists already. Pick another name.", name);
    }

    private static AuditEntry audit(Caller caller, String action, SchemaName name) {
        return AuditEntry.done(caller.name(), "unityCatalog", action, Map.of("full_name", name.toString()));
    }
}
