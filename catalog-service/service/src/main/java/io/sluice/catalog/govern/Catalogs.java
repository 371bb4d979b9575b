package io.sluice.catalog.govern;

import io.sluice.catalog.access.Authorizer;
import io.sluice.catalog.access.Caller;
import io.sluice.catalog.mount.MountedShares;
import io.sluice.catalog.record.CatalogRecord;
import io.sluice.catalog.record.Change;
import io.sluice.catalog.record.Stamp;
import io.sluice.catalog.snapshot.CatalogNode;
import io.sluice.catalog.snapshot.RootSnapshot;
import io.sluice.catalog.store.CatalogStore;
import io.sluice.catalog.store.DropStore;
import io.sluice.model.failure.Failure;
import io.sluice.model.failure.Failure.Subject;
import io.sluice.model.failure.FailureKind;
import io.sluice.model.name.EntityName;
import io.sluice.model.work.AuditEntry;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Catalogs: their own rows. They stand in the root, so every pod knows them. */
public final class Catalogs {
    private final Locator locate;
    private final Writes writes;
    private final CatalogStore store;
    private final DropStore drops = new DropStore();
    private final KeyScopes keyScopes;
    private final MountedShares mounts;
    private final ExternalLocations locations;
    private final Clock clock;

    Catalogs(
            Locator locate,
            Writes writes,
            CatalogStore store,
            KeyScopes keyScopes,
            MountedShares mounts,
            ExternalLocations locations,
            Clock clock) {
        this.locate = locate;
        this.writes = writes;
        this.store = store;
        this.keyScopes = keyScopes;
        this.mounts = mounts;
        this.locations = locations;
        this.clock = clock;
    }

    /** @param customerManagedKey the key under which everything in the catalog is sealed, if it is to be sealed */
    public record NewCatalog(
            String name,
            @Nullable String comment,
            Map<String, String> properties,
            @Nullable String storageRoot,
            @Nullable String customerManagedKey) {}

    /** A share of a provider that is to stand as a catalog. */
    public record NewMount(
            String name,
            @Nullable String comment,
            Map<String, String> properties,
            String providerName,
            String shareName) {}

    /** For a caller who may also use the provider. Its server is asked whether the share is there. */
    public CatalogNode mount(Caller caller, NewMount wanted) {
        RootSnapshot root = locate.root();
        EntityName name = EntityName.of(wanted.name());
        requireCreatable(caller, root, name);
        CatalogRecord catalog = new CatalogRecord(
                UUID.randomUUID().toString(),
                name,
                wanted.comment(),
                Map.copyOf(wanted.properties()),
                null,
                null,
                mounts.requireMountable(caller.name(), wanted.providerName(), wanted.shareName()),
                Stamp.created(caller.name(), clock.millis()),
                1);
        insert(caller, root, catalog);
        return get(caller, name);
    }

    /** The catalogs that show shares of a provider. */
    public List<EntityName> mountedFrom(String providerId) {
        return locate.root().catalogs().values().stream()
                .map(CatalogNode::catalog)
                .filter(catalog ->
                        catalog.mount() != null && catalog.mount().providerId().equals(providerId))
                .map(CatalogRecord::name)
                .toList();
    }

    private static void requireCreatable(Caller caller, RootSnapshot root, EntityName name) {
        if (!Authorizer.mayCreateCatalog(root, caller)) throw Authorizer.denied(caller, "create catalog", name);
        if (root.find(name).isPresent()) throw exists(name);
    }

    public CatalogNode create(Caller caller, NewCatalog wanted) {
        RootSnapshot root = locate.root();
        EntityName name = EntityName.of(wanted.name());
        requireCreatable(caller, root, name);

        String masterKey = wanted.customerManagedKey();
        String scope = masterKey == null ? null : "catalog:" + name;
        if (scope != null) requireOwnKey(root, scope);
        CatalogRecord catalog = new CatalogRecord(
                UUID.randomUUID().toString(),
                name,
                wanted.comment(),
                Map.copyOf(wanted.properties()),
                locations.storageRoot(caller, wanted.storageRoot()),
                scope,
                null,
                Stamp.created(caller.name(), clock.millis()),
                1);
        // The key before the catalog: a catalog that promises to be sealed never exists without one.
        if (scope != null && masterKey != null) keyScopes.register(scope, masterKey);
        insert(caller, root, catalog);
        return get(caller, name);
    }

    /** A catalog that was renamed keeps the scope of its key, which must not come to be that of two. */
    private static void requireOwnKey(RootSnapshot root, String scope) {
        for (CatalogNode other : root.catalogs().values())
            if (scope.equals(other.catalog().keyScope()))
                throw Failure.invalid(
                        "The key scope %s belongs to catalog %s, which had that name before. Pick another name.",
                        scope, other.catalog().name());
    }

    private void insert(Caller caller, RootSnapshot root, CatalogRecord catalog) {
        try {
            writes.writeRoot(
                    AuditEntry.done(caller.name(), "unityCatalog", "createCatalog", named(catalog.name())),
                    connection -> store.insert(
                            connection,
                            root.log(),
                            Optional.of(root.metastore().id()),
                            catalog.name().value(),
                            catalog),
                    new Change.CatalogPut(catalog));
        } catch (Failure e) {
            throw Duplicates.told(e, exists(catalog.name()));
        }
    }

    public CatalogNode get(Caller caller, EntityName name) {
        RootSnapshot root = locate.root();
        CatalogNode catalog = Locator.catalog(root, name);
        if (!Authorizer.maySee(root, catalog, caller)) throw Authorizer.denied(caller, "see catalog", name);
        return catalog;
    }

    public Page<CatalogNode> list(Caller caller, Page.Request request) {
        RootSnapshot root = locate.root();
        return Page.of(root.catalogs(), EntityName::of, request, catalog -> Authorizer.maySee(root, catalog, caller));
    }

    /** Absent fields stay as they are. */
    public record Patch(
            @Nullable String newName,
            @Nullable String comment,
            @Nullable Map<String, String> properties,
            @Nullable String owner) {}

    public CatalogNode update(Caller caller, EntityName name, Patch patch) {
        RootSnapshot root = locate.root();
        CatalogRecord now = Locator.controlledCatalog(root, name, caller).catalog();
        Stamp stamp = now.stamp().updated(caller.name(), clock.millis());
        EntityName newName = patch.newName() == null ? name : EntityName.of(patch.newName());
        boolean isRenamed = !newName.equals(name);
        CatalogRecord next = new CatalogRecord(
                now.id(),
                newName,
                patch.comment() == null ? now.comment() : patch.comment(),
                patch.properties() == null ? now.properties() : Map.copyOf(patch.properties()),
                now.storageRoot(),
                now.keyScope(),
                now.mount(),
                patch.owner() == null ? stamp : stamp.ownedBy(patch.owner()),
                now.version() + 1);
        try {
            writes.writeRoot(
                    AuditEntry.done(caller.name(), "unityCatalog", "updateCatalog", named(name)),
                    connection -> {
                        Versions.requireUpdated(store.update(connection, next), "catalog " + name);
                        if (isRenamed) store.rename(connection, next.id(), newName.value());
                    },
                    isRenamed ? new Change.CatalogRenamed(name, next) : new Change.CatalogPut(next));
        } catch (Failure e) {
            throw Duplicates.told(e, exists(newName));
        }
        return Locator.catalog(locate.root(), newName);
    }

    /** @param force also drops what is in the catalog; data files of external tables stay where they are */
    public void delete(Caller caller, EntityName name, boolean force) {
        CatalogRecord catalog =
                Locator.controlledCatalog(locate.root(), name, caller).catalog();
        try {
            writes.writeRoot(
                    AuditEntry.done(caller.name(), "unityCatalog", "deleteCatalog", named(name)),
                    connection -> {
                        if (force) {
                            drops.doomAllOf(connection, catalog.id(), clock.millis());
                            store.deleteLog(connection, catalog.id());
                        }
                        store.delete(connection, catalog.id());
                    },
                    new Change.CatalogGone(name));
        } catch (Failure e) {
            // The contents may belong to another pod; the database's own reference is what holds.
            if (e.kind() == FailureKind.CONFLICT && !force)
                throw Failure.invalid("Catalog %s still has schemas. Drop them first, or pass force=true.", name);
            throw e;
        }
    }

    private static Failure exists(EntityName name) {
        return Failure.alreadyExists(Subject.CATALOG, "Catalog %s exists already. Pick another name.", name);
    }

    private static Map<String, String> named(EntityName name) {
        return Map.of("name", name.value());
    }
}
