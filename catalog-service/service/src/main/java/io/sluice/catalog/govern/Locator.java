package io.sluice.catalog.govern;

import io.sluice.catalog.access.Authorizer;
import io.sluice.catalog.access.Caller;
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

    Locator(Snapshots snapshots) {
        this.snapshots = snapshots;
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

    InCatalog enter(EntityName name) {
        RootSnapshot root = snapshots.root();
        CatalogNode catalog = catalog(root, name);
        return new InCatalog(root, catalog, snapshots.of(catalog.catalog()));
    }

    /** On the way to a table, which is in memory afterwards if it exists. */
    InCatalog enter(TableName name) {
        return enter(name.schema(), name.table().value());
    }

    /** On the way to the tables around a name, which may also be where a list goes on. */
    InCatalog enter(SchemaName schema, String table) {
        RootSnapshot root = snapshots.root();
        CatalogNode catalog = catalog(root, schema.catalog());
        return new InCatalog(root, catalog, snapshots.of(catalog.catalog(), schema.schema(), table));
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
