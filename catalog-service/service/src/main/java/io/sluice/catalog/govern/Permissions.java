package io.sluice.catalog.govern;

import io.sluice.catalog.access.Authorizer;
import io.sluice.catalog.access.Caller;
import io.sluice.catalog.record.Change;
import io.sluice.catalog.record.Grants;
import io.sluice.catalog.record.Securable;
import io.sluice.catalog.snapshot.AssetNode;
import io.sluice.catalog.snapshot.CatalogNode;
import io.sluice.catalog.snapshot.RootSnapshot;
import io.sluice.catalog.snapshot.SchemaNode;
import io.sluice.catalog.snapshot.TableNode;
import io.sluice.catalog.store.CatalogStore;
import io.sluice.model.failure.Failure;
import io.sluice.model.grant.Privilege;
import io.sluice.model.grant.SecurableType;
import io.sluice.model.name.EntityName;
import io.sluice.model.name.SchemaName;
import io.sluice.model.name.TableName;
import io.sluice.model.work.AuditEntry;
import io.sluice.model.work.Territory;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Grants. A grant is seen by the next request, because the snapshot is brought forward before the answer is sent. */
public final class Permissions {
    private final Locator locate;
    private final Writes writes;
    private final CatalogStore store;

    Permissions(Locator locate, Writes writes, CatalogStore store) {
        this.locate = locate;
        this.writes = writes;
        this.store = store;
    }

    /** What one principal is to gain and to lose. */
    public record GrantChange(String principal, Set<Privilege> add, Set<Privilege> remove) {}

    public Grants get(Caller caller, SecurableType type, String fullName) {
        Target target = target(type, fullName);
        // Everybody may see what they hold themselves; the rest is for those who control it.
        if (target.isControlledBy(caller)) return target.grants();
        Set<Privilege> own = target.grants().byPrincipal().getOrDefault(caller.name(), Set.of());
        return Grants.NONE.changed(caller.name(), own, Set.of());
    }

    public Grants update(Caller caller, SecurableType type, String fullName, List<GrantChange> changes) {
        Target target = target(type, fullName);
        if (!target.isControlledBy(caller)) throw Authorizer.denied(caller, "grant on " + type.wireName(), fullName);
        for (GrantChange change : changes) if (!change.add().isEmpty()) requireKnown(change.principal());

        Grants next = target.grants();
        for (GrantChange change : changes) next = next.changed(change.principal(), change.add(), change.remove());
        writes.write(
                target.territory(),
                target.log(),
                AuditEntry.done(
                        caller.name(),
                        "unityCatalog",
                        "updatePermissions",
                        Map.of("securable_type", type.wireName(), "securable_full_name", fullName)),
                connection -> {
                    for (GrantChange change : changes) {
                        for (Privilege privilege : change.add())
                            store.addGrant(
                                    connection, target.log(), target.securable().id(), change.principal(), privilege);
                        for (Privilege privilege : change.remove())
                            store.removeGrant(connection, target.securable().id(), change.principal(), privilege);
                    }
                },
                new Change.GrantsPut(type, target.name(), next));
        return next;
    }

    private void requireKnown(String principal) {
        if (!locate.root().knows(principal))
            throw Failure.notFound(
                    Failure.Subject.ANYTHING, "There is no user or group %s. Create it before granting.", principal);
    }

    /** Something that can be granted on, with what is needed to change its grants. */
    private record Target(
            Securable securable, String name, Grants grants, Territory territory, String log, Control control) {
        boolean isControlledBy(Caller caller) {
            return control.test(caller);
        }
    }

    @FunctionalInterface
    private interface Control {
        boolean test(Caller caller);
    }

    private Target target(SecurableType type, String fullName) {
        return switch (type) {
            case METASTORE -> metastore(locate.root());
            case CATALOG -> catalog(locate.root(), EntityName.of(fullName));
            case SCHEMA -> schema(SchemaName.parse(fullName));
            case TABLE -> table(TableName.parse(fullName));
            case VOLUME, FUNCTION, REGISTERED_MODEL -> inSchema(type, TableName.parse(fullName));
            case CREDENTIAL, EXTERNAL_LOCATION -> inMetastore(locate.root(), type, EntityName.of(fullName));
            case SHARE ->
                throw Failure.invalid(
                        "Grants on shares are given to recipients: use /shares/%s/permissions.", fullName);
        };
    }

    private static Target metastore(RootSnapshot root) {
        return new Target(
                root.metastore(),
                "",
                root.grants(),
                Territory.ROOT,
                CatalogStore.ROOT_LOG,
                caller -> Authorizer.isMetastoreAdmin(root, caller));
    }

    private static Target catalog(RootSnapshot root, EntityName name) {
        CatalogNode catalog = Locator.catalog(root, name);
        return new Target(
                catalog.catalog(),
                name.value(),
                catalog.grants(),
                Territory.ROOT,
                CatalogStore.ROOT_LOG,
                caller -> Authorizer.controls(root, catalog, caller));
    }

    private static Target inMetastore(RootSnapshot root, SecurableType type, EntityName name) {
        AssetNode asset = Locator.asset(root, type, name);
        return new Target(
                asset.asset(),
                name.value(),
                asset.grants(),
                Territory.ROOT,
                CatalogStore.ROOT_LOG,
                caller -> Authorizer.controls(root, asset, caller));
    }

    private Target inSchema(SecurableType type, TableName name) {
        Locator.InCatalog in = locate.enter(name.catalog());
        SchemaNode schema = in.schema(name.schema());
        AssetNode asset = in.asset(type, name.schema(), name.table());
        return new Target(
                asset.asset(),
                name.toString(),
                asset.grants(),
                Territory.of(name.catalog()),
                in.catalog().catalog().id(),
                caller -> Authorizer.controls(in.root(), in.catalog(), schema, asset, caller));
    }

    private Target schema(SchemaName name) {
        Locator.InCatalog in = locate.enter(name.catalog());
        SchemaNode schema = in.schema(name);
        return new Target(
                schema.schema(),
                name.toString(),
                schema.grants(),
                Territory.of(name.catalog()),
                in.catalog().catalog().id(),
                caller -> Authorizer.controls(in.root(), in.catalog(), schema, caller));
    }

    private Target table(TableName name) {
        Locator.InCatalog in = locate.enter(name);
        SchemaNode schema = in.schema(name.schema());
        TableNode table = in.table(name);
        return new Target(
                table.table(),
                name.toString(),
                table.grants(),
                Territory.of(name.catalog()),
                in.catalog().catalog().id(),
                caller -> Authorizer.controls(in.root(), in.catalog(), schema, table, caller));
    }
}
