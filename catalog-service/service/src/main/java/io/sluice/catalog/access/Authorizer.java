package io.sluice.catalog.access;

import io.sluice.catalog.record.Grants;
import io.sluice.catalog.record.Securable;
import io.sluice.catalog.snapshot.AssetNode;
import io.sluice.catalog.snapshot.CatalogNode;
import io.sluice.catalog.snapshot.RootSnapshot;
import io.sluice.catalog.snapshot.SchemaNode;
import io.sluice.catalog.snapshot.TableNode;
import io.sluice.model.failure.Failure;
import io.sluice.model.grant.Privilege;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Who may do what. A check walks from the object up over at most four ancestors, in memory, and asks at each whether
 * the caller owns it or was given the privilege there: what is given on a parent holds below it.
 *
 * <p>To use what is inside a catalog or schema one also needs USE_CATALOG and USE_SCHEMA on the way, unless one owns
 * the container.
 */
public final class Authorizer {
    /** What lets one see a volume, a function or a model when given on a container. */
    private static final List<Privilege> ASSET_USES =
            List.of(Privilege.BROWSE, Privilege.READ_VOLUME, Privilege.WRITE_VOLUME, Privilege.EXECUTE);

    private Authorizer() {}

    public static boolean isMetastoreAdmin(RootSnapshot root, Caller caller) {
        return speaksFor(root, caller, root.metastore().owner());
    }

    public static boolean maySee(RootSnapshot root, CatalogNode catalog, Caller caller) {
        return controls(root, catalog, caller)
                || givenAnything(root, catalog.grants(), caller)
                || given(root, root.grants(), caller, Privilege.USE_CATALOG);
    }

    public static boolean maySee(RootSnapshot root, CatalogNode catalog, SchemaNode schema, Caller caller) {
        if (controls(root, catalog, schema, caller)) return true;
        return uses(root, catalog, caller)
                && (givenAnything(root, schema.grants(), caller)
                        || holds(root, catalog, caller, Privilege.USE_SCHEMA)
                        || holds(root, catalog, caller, Privilege.BROWSE));
    }

    public static boolean maySee(
            RootSnapshot root, CatalogNode catalog, SchemaNode schema, TableNode table, Caller caller) {
        if (controls(root, catalog, schema, caller)) return true;
        if (!uses(root, catalog, caller) || !uses(root, catalog, schema, caller)) return false;
        return speaksFor(root, caller, table.owner())
                || givenAnything(root, table.grants(), caller)
                || seesTables(root, catalog, schema, caller);
    }

    /** May see all tables of the schema, also those that come later. */
    public static boolean seesAll(RootSnapshot root, CatalogNode catalog, SchemaNode schema, Caller caller) {
        return controls(root, catalog, schema, caller)
                || (uses(root, catalog, caller)
                        && uses(root, catalog, schema, caller)
                        && seesTables(root, catalog, schema, caller));
    }

    private static boolean seesTables(RootSnapshot root, CatalogNode catalog, SchemaNode schema, Caller caller) {
        return holds(root, catalog, schema, caller, Privilege.SELECT)
                || holds(root, catalog, schema, caller, Privilege.MODIFY)
                || holds(root, catalog, schema, caller, Privilege.BROWSE);
    }

    /** The caller, and all groups that the caller is in. */
    public static Set<String> principalsOf(RootSnapshot root, Caller caller) {
        Set<String> all = new HashSet<>(groupsOf(root, caller));
        all.add(caller.name());
        return all;
    }

    /** May the rows of the table be read, or with {@code MODIFY} written. */
    public static boolean mayUse(
            RootSnapshot root,
            CatalogNode catalog,
            SchemaNode schema,
            TableNode table,
            Caller caller,
            Privilege privilege) {
        if (controls(root, catalog, schema, caller)) return true;
        return uses(root, catalog, caller)
                && uses(root, catalog, schema, caller)
                && (speaksFor(root, caller, table.owner()) || holds(root, catalog, schema, table, caller, privilege));
    }

    public static boolean mayCreateCatalog(RootSnapshot root, Caller caller) {
        return mayOnMetastore(root, caller, Privilege.CREATE_CATALOG);
    }

    public static boolean mayCreateSchema(RootSnapshot root, CatalogNode catalog, Caller caller) {
        return mayOnCatalog(root, catalog, caller, Privilege.CREATE_SCHEMA);
    }

    /** May do to the catalog what the privilege is for. */
    public static boolean mayOnCatalog(RootSnapshot root, CatalogNode catalog, Caller caller, Privilege privilege) {
        return controls(root, catalog, caller)
                || (uses(root, catalog, caller) && holds(root, catalog, caller, privilege));
    }

    public static boolean mayCreateTable(RootSnapshot root, CatalogNode catalog, SchemaNode schema, Caller caller) {
        return mayCreate(root, catalog, schema, caller, Privilege.CREATE_TABLE);
    }

    /** May change, drop and grant. */
    public static boolean controls(RootSnapshot root, CatalogNode catalog, Caller caller) {
        return isMetastoreAdmin(root, caller)
                || owns(root, catalog.catalog(), caller)
                || holds(root, catalog, caller, Privilege.MANAGE);
    }

    public static boolean controls(RootSnapshot root, CatalogNode catalog, SchemaNode schema, Caller caller) {
        return controls(root, catalog, caller)
                || owns(root, schema.schema(), caller)
                || given(root, schema.grants(), caller, Privilege.MANAGE);
    }

    public static boolean controls(
            RootSnapshot root, CatalogNode catalog, SchemaNode schema, TableNode table, Caller caller) {
        return controls(root, catalog, schema, caller)
                || speaksFor(root, caller, table.owner())
                || given(root, table.grants(), caller, Privilege.MANAGE);
    }

    public static Failure denied(Caller caller, String what, Object name) {
        return Failure.denied("User %s may not %s %s. Ask its owner for a grant.", caller, what, name);
    }

    /** Metastore-level things: credentials and external locations. */
    public static boolean controls(RootSnapshot root, AssetNode asset, Caller caller) {
        return isMetastoreAdmin(root, caller)
                || owns(root, asset.asset(), caller)
                || given(root, asset.grants(), caller, Privilege.MANAGE);
    }

    public static boolean maySee(RootSnapshot root, AssetNode asset, Caller caller) {
        return controls(root, asset, caller) || givenAnything(root, asset.grants(), caller);
    }

    public static boolean mayUse(RootSnapshot root, AssetNode asset, Caller caller, Privilege privilege) {
        return controls(root, asset, caller)
                || given(root, asset.grants(), caller, privilege)
                || given(root, root.grants(), caller, privilege);
    }

    public static boolean controls(
            RootSnapshot root, CatalogNode catalog, SchemaNode schema, AssetNode asset, Caller caller) {
        return controls(root, catalog, schema, caller)
                || owns(root, asset.asset(), caller)
                || given(root, asset.grants(), caller, Privilege.MANAGE);
    }

    public static boolean maySee(
            RootSnapshot root, CatalogNode catalog, SchemaNode schema, AssetNode asset, Caller caller) {
        if (controls(root, catalog, schema, caller)) return true;
        if (!uses(root, catalog, caller) || !uses(root, catalog, schema, caller)) return false;
        return owns(root, asset.asset(), caller)
                || givenAnything(root, asset.grants(), caller)
                || ASSET_USES.stream().anyMatch(privilege -> holds(root, catalog, schema, caller, privilege));
    }

    public static boolean mayUse(
            RootSnapshot root,
            CatalogNode catalog,
            SchemaNode schema,
            AssetNode asset,
            Caller caller,
            Privilege privilege) {
        if (controls(root, catalog, schema, caller)) return true;
        return uses(root, catalog, caller)
                && uses(root, catalog, schema, caller)
                && (owns(root, asset.asset(), caller)
                        || given(root, asset.grants(), caller, privilege)
                        || holds(root, catalog, schema, caller, privilege));
    }

    /** May do to the schema, or make in it, what the privilege is for. */
    public static boolean mayCreate(
            RootSnapshot root, CatalogNode catalog, SchemaNode schema, Caller caller, Privilege privilege) {
        return controls(root, catalog, schema, caller)
                || (uses(root, catalog, caller)
                        && uses(root, catalog, schema, caller)
                        && holds(root, catalog, schema, caller, privilege));
    }

    /** May do to the metastore what the privilege is for. */
    public static boolean mayOnMetastore(RootSnapshot root, Caller caller, Privilege privilege) {
        return isMetastoreAdmin(root, caller) || given(root, root.grants(), caller, privilege);
    }

    /** Whether the caller is that principal, or in that group. */
    private static boolean speaksFor(RootSnapshot root, Caller caller, String principal) {
        return caller.name().equals(principal) || groupsOf(root, caller).contains(principal);
    }

    private static Set<String> groupsOf(RootSnapshot root, Caller caller) {
        return caller.groups().isEmpty() ? root.groups().of(caller.name()) : caller.groups();
    }

    private static boolean owns(RootSnapshot root, Securable securable, Caller caller) {
        return speaksFor(root, caller, securable.owner());
    }

    /** To the caller, or to a group that the caller is in. */
    private static boolean given(RootSnapshot root, Grants grants, Caller caller, Privilege privilege) {
        if (grants.isEmpty()) return false;
        if (grants.allows(caller.name(), privilege)) return true;
        for (String group : groupsOf(root, caller)) if (grants.allows(group, privilege)) return true;
        return false;
    }

    private static boolean givenAnything(RootSnapshot root, Grants grants, Caller caller) {
        if (grants.isEmpty()) return false;
        if (grants.holdsAny(caller.name())) return true;
        for (String group : groupsOf(root, caller)) if (grants.holdsAny(group)) return true;
        return false;
    }

    private static boolean uses(RootSnapshot root, CatalogNode catalog, Caller caller) {
        return owns(root, catalog.catalog(), caller) || holds(root, catalog, caller, Privilege.USE_CATALOG);
    }

    private static boolean uses(RootSnapshot root, CatalogNode catalog, SchemaNode schema, Caller caller) {
        return owns(root, schema.schema(), caller) || holds(root, catalog, schema, caller, Privilege.USE_SCHEMA);
    }

    private static boolean holds(RootSnapshot root, CatalogNode catalog, Caller caller, Privilege privilege) {
        return given(root, catalog.grants(), caller, privilege) || given(root, root.grants(), caller, privilege);
    }

    private static boolean holds(
            RootSnapshot root, CatalogNode catalog, SchemaNode schema, Caller caller, Privilege privilege) {
        return given(root, schema.grants(), caller, privilege) || holds(root, catalog, caller, privilege);
    }

    private static boolean holds(
            RootSnapshot root,
            CatalogNode catalog,
            SchemaNode schema,
            TableNode table,
            Caller caller,
            Privilege privilege) {
        return given(root, table.grants(), caller, privilege) || holds(root, catalog, schema, caller, privilege);
    }
}
