package io.sluice.catalog.govern;

import io.sluice.catalog.access.Authorizer;
import io.sluice.catalog.access.Caller;
import io.sluice.catalog.snapshot.AssetNode;
import io.sluice.catalog.snapshot.CatalogNode;
import io.sluice.catalog.snapshot.RootSnapshot;
import io.sluice.catalog.snapshot.SchemaNode;
import io.sluice.catalog.snapshot.TableNode;
import io.sluice.model.failure.Failure;
import io.sluice.model.grant.Privilege;
import io.sluice.model.grant.SecurableType;
import io.sluice.model.name.EntityName;
import io.sluice.model.name.SchemaName;
import io.sluice.model.name.TableName;
import io.sluice.model.work.Territory;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/** Finds securables of any type by their full names. */
final class Targets {
    private final Locator locate;

    Targets(Locator locate) {
        this.locate = locate;
    }

    Target of(SecurableType type, String fullName) {
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

    private record Of(Predicate<Caller> controls, Predicate<Caller> sees, BiPredicate<Caller, Privilege> holds)
            implements Target.Rights {
        @Override
        public boolean control(Caller caller) {
            return controls.test(caller);
        }

        @Override
        public boolean see(Caller caller) {
            return sees.test(caller);
        }

        @Override
        public boolean hold(Caller caller, Privilege privilege) {
            return holds.test(caller, privilege);
        }
    }

    private static Target metastore(RootSnapshot root) {
        return new Target(
                root.metastore(),
                "",
                root.grants(),
                Territory.ROOT,
                root.log(),
                new Of(
                        caller -> Authorizer.isMetastoreAdmin(root, caller),
                        caller -> true,
                        (caller, privilege) -> Authorizer.mayOnMetastore(root, caller, privilege)));
    }

    private static Target catalog(RootSnapshot root, EntityName name) {
        CatalogNode catalog = Locator.catalog(root, name);
        return new Target(
                catalog.catalog(),
                name.value(),
                catalog.grants(),
                Territory.ROOT,
                root.log(),
                new Of(
                        caller -> Authorizer.controls(root, catalog, caller),
                        caller -> Authorizer.maySee(root, catalog, caller),
                        (caller, privilege) -> Authorizer.mayOnCatalog(root, catalog, caller, privilege)));
    }

    private static Target inMetastore(RootSnapshot root, SecurableType type, EntityName name) {
        AssetNode asset = Locator.asset(root, type, name);
        return new Target(
                asset.asset(),
                name.value(),
                asset.grants(),
                Territory.ROOT,
                root.log(),
                new Of(
                        caller -> Authorizer.controls(root, asset, caller),
                        caller -> Authorizer.maySee(root, asset, caller),
                        (caller, privilege) -> Authorizer.mayUse(root, asset, caller, privilege)));
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
                new Of(
                        caller -> Authorizer.controls(in.root(), in.catalog(), schema, asset, caller),
                        caller -> Authorizer.maySee(in.root(), in.catalog(), schema, asset, caller),
                        (caller, privilege) ->
                                Authorizer.mayUse(in.root(), in.catalog(), schema, asset, caller, privilege)));
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
                new Of(
                        caller -> Authorizer.controls(in.root(), in.catalog(), schema, caller),
                        caller -> Authorizer.maySee(in.root(), in.catalog(), schema, caller),
                        (caller, privilege) ->
                                Authorizer.mayCreate(in.root(), in.catalog(), schema, caller, privilege)));
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
                new Of(
                        caller -> Authorizer.controls(in.root(), in.catalog(), schema, table, caller),
                        caller -> Authorizer.maySee(in.root(), in.catalog(), schema, table, caller),
                        (caller, privilege) ->
                                Authorizer.mayUse(in.root(), in.catalog(), schema, table, caller, privilege)));
    }
}
