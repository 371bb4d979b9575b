package io.sluice.catalog.access;

import io.sluice.catalog.record.Grants;
import io.sluice.catalog.record.Securable;
import io.sluice.catalog.snapshot.CatalogNode;
import io.sluice.catalog.snapshot.RootSnapshot;
import io.sluice.catalog.snapshot.SchemaNode;
import io.sluice.catalog.snapshot.TableNode;
import io.sluice.model.failure.Failure;
import io.sluice.model.grant.Privilege;

/**
 * Who may do what. A check walks from the object up over at most four ancestors, in memory, and asks at each whether
 * the caller owns it or was given the privilege there: what is given on a parent holds below it.
 *
 * <p>To use what is inside a catalog or schema one also needs USE_CATALOG and USE_SCHEMA on the way, unless one owns
 * the container.
 */
public final class Authorizer {
    private Authorizer() {}

    public static boolean isMetastoreAdmin(RootSnapshot root, Caller caller) {
        return root.metastore().owner().equals(caller.name());
    }

    public static boolean maySee(RootSnapshot root, CatalogNode catalog, Caller caller) {
        return controls(root, catalog, caller)
                || catalog.grants().holdsAny(caller.name())
                || root.grants().holds(caller.name(), Privilege.USE_CATALOG);
    }

    public static boolean maySee(RootSnapshot root, CatalogNode catalog, SchemaNode schema, Caller caller) {
        if (controls(root, catalog, schema, caller)) return true;
        return uses(root, catalog, caller)
                && (schema.grants().holdsAny(caller.name())
                        || holds(root, catalog, caller, Privilege.USE_SCHEMA)
                        || holds(root, catalog, caller, Privilege.BROWSE));
    }

    public static boolean maySee(
            RootSnapshot root, CatalogNode catalog, SchemaNode schema, TableNode table, Caller caller) {
        if (controls(root, catalog, schema, caller)) return true;
        if (!uses(root, catalog, caller) || !uses(root, catalog, schema, caller)) return false;
        return owns(table.table(), caller)
                || holds(root, catalog, schema, table, caller, Privilege.SELECT)
                || holds(root, catalog, schema, table, caller, Privilege.MODIFY)
                || holds(root, catalog, schema, table, caller, Privilege.BROWSE)
                || table.grants().holdsAny(caller.name());
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
                && (owns(table.table(), caller) || holds(root, catalog, schema, table, caller, privilege));
    }

    public static boolean mayCreateCatalog(RootSnapshot root, Caller caller) {
        return isMetastoreAdmin(root, caller) || root.grants().holds(caller.name(), Privilege.CREATE_CATALOG);
    }

    public static boolean mayCreateSchema(RootSnapshot root, CatalogNode catalog, Caller caller) {
        return controls(root, catalog, caller)
                || (uses(root, catalog, caller) && holds(root, catalog, caller, Privilege.CREATE_SCHEMA));
    }

    public static boolean mayCreateTable(RootSnapshot root, CatalogNode catalog, SchemaNode schema, Caller caller) {
        return controls(root, catalog, schema, caller)
                || (uses(root, catalog, caller)
                        && uses(root, catalog, schema, caller)
                        && holds(root, catalog, schema, caller, Privilege.CREATE_TABLE));
    }

    /** May change, drop and grant. */
    public static boolean controls(RootSnapshot root, CatalogNode catalog, Caller caller) {
        return isMetastoreAdmin(root, caller)
                || owns(catalog.catalog(), caller)
                || holds(root, catalog, caller, Privilege.MANAGE);
    }

    public static boolean controls(RootSnapshot root, CatalogNode catalog, SchemaNode schema, Caller caller) {
        return controls(root, catalog, caller)
                || owns(schema.schema(), caller)
                || schema.grants().holds(caller.name(), Privilege.MANAGE);
    }

    public static boolean controls(
            RootSnapshot root, CatalogNode catalog, SchemaNode schema, TableNode table, Caller caller) {
        return controls(root, catalog, schema, caller)
                || owns(table.table(), caller)
                || table.grants().holds(caller.name(), Privilege.MANAGE);
    }

    public static Failure denied(Caller caller, String what, Object name) {
        return Failure.denied("User %s may not %s %s. Ask its owner for a grant.", caller, what, name);
    }

    private static boolean owns(Securable securable, Caller caller) {
        return securable.owner().equals(caller.name());
    }

    private static boolean uses(RootSnapshot root, CatalogNode catalog, Caller caller) {
        return owns(catalog.catalog(), caller) || holds(root, catalog, caller, Privilege.USE_CATALOG);
    }

    private static boolean uses(RootSnapshot root, CatalogNode catalog, SchemaNode schema, Caller caller) {
        return owns(schema.schema(), caller) || holds(root, catalog, schema, caller, Privilege.USE_SCHEMA);
    }

    private static boolean holds(RootSnapshot root, CatalogNode catalog, Caller caller, Privilege privilege) {
        return holds(catalog.grants(), caller, privilege) || holds(root.grants(), caller, privilege);
    }

    private static boolean holds(
            RootSnapshot root, CatalogNode catalog, SchemaNode schema, Caller caller, Privilege privilege) {
        return holds(schema.grants(), caller, privilege) || holds(root, catalog, caller, privilege);
    }

    private static boolean holds(
            RootSnapshot root,
            CatalogNode catalog,
            SchemaNode schema,
            TableNode table,
            Caller caller,
            Privilege privilege) {
        return holds(table.grants(), caller, privilege) || holds(root, catalog, schema, caller, privilege);
    }

    private static boolean holds(Grants grants, Caller caller, Privilege privilege) {
        return grants.holds(caller.name(), privilege);
    }
}
