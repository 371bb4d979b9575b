package io.sluice.catalog.govern;

import io.sluice.catalog.access.Authorizer;
import io.sluice.catalog.access.Caller;
import io.sluice.catalog.mount.MountedContents;
import io.sluice.catalog.record.CatalogRecord;
import io.sluice.catalog.snapshot.AssetNode;
import io.sluice.catalog.snapshot.CatalogNode;
import io.sluice.catalog.snapshot.CatalogSnapshot;
import io.sluice.catalog.snapshot.RootSnapshot;
import io.sluice.catalog.snapshot.SchemaNode;
import io.sluice.catalog.snapshot.Snapshots;
import io.sluice.catalog.snapshot.TableNode;
import io.sluice.model.failure.Failure;
import io.sluice.model.failure.Failure.Subject;
import io.sluice.model.grant.SecurableType;
import io.sluice.model.name.EntityName;
import io.sluice.model.name.SchemaName;
import io.sluice.model.name.TableName;

/** Finds what a name means, at one instant, or says that it does not exist. */
final class Locator {
    private final Snapshots snapshots;
    private final MountedContents mounted;

    Locator(Snapshots snapshots, MountedContents mounted) {
        this.snapshots = snapshots;
        this.mounted = mounted;
    }

    RootSnapshot root() {
        return snapshots.root();
    }

    /** A catalog on the way to something: its row in the root and, with several pods, only on the pod that owns it. */
    record InCatalog(RootSnapshot root, CatalogNode catalog, CatalogSnapshot contents) {
        SchemaNode schema(SchemaName name) {
            return contents.find(name.schema())
                    .orElseThrow(() -> Failure.notFound(Subject.SCHEMA, "Schema %s does not exist.", name));
        }

        /** Requires: this was entered for the table's name. */
        TableNode table(TableName name) {
            return schema(name.schema())
                    .find(name.table())
                    .orElseThrow(() -> Failure.notFound(Subject.TABLE, "Table %s does not exist.", name));
        }

        AssetNode asset(SecurableType type, SchemaName schema, EntityName name) {
            return schema(schema)
                    .assets()
                    .find(type, name)
                    .orElseThrow(() -> Failure.notFound(
                            Subject.ANYTHING,
                            "There is no %s %s.%s.",
                            type.wireName().replace('_', ' '),
                            schema,
                            name));
        }

        /** The schema for a caller who controls it. */
        SchemaNode controlledSchema(SchemaName name, Caller caller) {
            SchemaNode schema = schema(name);
            if (!Authorizer.controls(root, catalog, schema, caller))
                throw Authorizer.denied(caller, "change schema", name);
            return schema;
        }

        /** As above for a caller who controls it. */
        TableNode controlledTable(TableName name, Caller caller) {
            TableNode table = table(name);
            if (!Authorizer.controls(root, catalog, schema(name.schema()), table, caller))
                throw Authorizer.denied(caller, "change table", name);
            return table;
        }
    }

    /** On the way to what stands in our own store; what is mounted is refused. See {@link #look} for looking only. */
    InCatalog enter(EntityName name) {
        return entered(name, snapshots::of);
    }

    /** On the way to a table, which is in memory afterwards if it exists. */
    InCatalog enter(TableName name) {
        return enter(name.schema(), name.table().value());
    }

    /** On the way to the tables around a name, which may also be where a list goes on. */
    InCatalog enter(SchemaName schema, String table) {
        return entered(schema.catalog(), catalog -> snapshots.of(catalog, schema.schema(), table));
    }

    /**
     * Back to what this pod has just written. Somebody else may own it by now, and would do it again if the request were
     * sent on.
     */
    InCatalog written(EntityName name) {
        return entered(name, snapshots::anywhere);
    }

    InCatalog written(TableName name) {
        return entered(name.catalog(), catalog -> snapshots.anywhere(catalog, name));
    }

    private InCatalog entered(EntityName name, Contents contents) {
        RootSnapshot root = snapshots.root();
        CatalogNode catalog = ownCatalog(root, name);
        return new InCatalog(root, catalog, contents.of(catalog.catalog()));
    }

    /** As {@link #enter(EntityName)}, also into a mounted catalog, for a caller who may see the catalog. */
    InCatalog look(Caller caller, EntityName name) {
        return looked(caller, name, mounted::of, snapshots::of);
    }

    InCatalog look(Caller caller, TableName name) {
        return looked(
                caller,
                name.catalog(),
                catalog -> mounted.with(catalog, name),
                catalog -> snapshots.of(
                        catalog, name.schema().schema(), name.table().value()));
    }

    InCatalog look(Caller caller, SchemaName schema, String table) {
        return looked(caller, schema.catalog(), mounted::of, catalog -> snapshots.of(catalog, schema.schema(), table));
    }

    /** Another server is asked only for callers who may see the catalog at all. */
    private InCatalog looked(Caller caller, EntityName name, Contents ifMounted, Contents ifOurs) {
        RootSnapshot root = snapshots.root();
        CatalogNode catalog = catalog(root, name);
        if (catalog.catalog().mount() == null) return new InCatalog(root, catalog, ifOurs.of(catalog.catalog()));
        if (!Authorizer.maySee(root, catalog, caller)) throw Authorizer.denied(caller, "see catalog", name);
        return new InCatalog(root, catalog, ifMounted.of(catalog.catalog()));
    }

    @FunctionalInterface
    private interface Contents {
        CatalogSnapshot of(CatalogRecord catalog);
    }

    private static CatalogNode ownCatalog(RootSnapshot root, EntityName name) {
        CatalogNode catalog = catalog(root, name);
        if (catalog.catalog().mount() != null)
            throw Failure.invalid(
                    "Catalog %s is mounted from a share, so what is in it cannot be changed, granted on or opened here."
                            + " Grant on the catalog itself, and read its tables by the sharing protocol with a profile"
                            + " from the provider.",
                    name);
        return catalog;
    }

    static CatalogNode catalog(RootSnapshot root, EntityName name) {
        return root.find(name).orElseThrow(() -> Failure.notFound(Subject.CATALOG, "Catalog %s does not exist.", name));
    }

    static AssetNode asset(RootSnapshot root, SecurableType type, EntityName name) {
        return root.assets()
                .find(type, name)
                .orElseThrow(() -> Failure.notFound(
                        Subject.ANYTHING, "There is no %s %s.", type.wireName().replace('_', ' '), name));
    }

    static CatalogNode controlledCatalog(RootSnapshot root, EntityName name, Caller caller) {
        CatalogNode catalog = catalog(root, name);
        if (!Authorizer.controls(root, catalog, caller)) throw Authorizer.denied(caller, "change catalog", name);
        return catalog;
    }
}
