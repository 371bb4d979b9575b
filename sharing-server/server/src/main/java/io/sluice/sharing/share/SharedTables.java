package io.sluice.sharing.share;

import io.sluice.model.name.SchemaName;
import io.sluice.model.name.TableName;
import io.sluice.sharing.NameOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Finds the tables behind shared objects.
 *
 * <p>What a share's owner may not give any more is not there for recipients, and comes back by itself once that is
 * mended. A catalog that cannot answer is another matter: that failure goes to the caller.
 */
public final class SharedTables {
    private final ShareCatalog catalog;

    public SharedTables(ShareCatalog catalog) {
        this.catalog = catalog;
    }

    /** The table that recipients know by that name. */
    public Optional<GivenTable> find(ShareContents contents, SharedAs name) {
        Optional<SharedObject> object = contents.object(name);
        if (object.isPresent()) return find(contents.share(), object.get()).map(table -> given(object.get(), table));
        return contents.schema(name.schema())
                .filter(schema -> isServed(contents.share(), schema))
                .flatMap(schema -> inSchema(contents, schema, name.table()));
    }

    /** Up to so many tables behind a place in the order of names, which need not be a name. */
    public List<ListedTable> list(ShareContents contents, String schema, String table, int most) {
        List<ListedTable> found = new ArrayList<>();
        for (String name : contents.schemaNames().tailSet(schema, true)) {
            found.addAll(listIn(contents, name, name.equals(schema) ? table : "", most - found.size()));
            if (found.size() == most) break;
        }
        return found;
    }

    /** As above in one schema. */
    public List<ListedTable> listIn(ShareContents contents, String schema, String after, int most) {
        TreeMap<String, ListedTable> found = new TreeMap<>(NameOrder.BY_CODE_POINTS);
        for (SharedObject object : contents.objectsBehind(schema, after)) {
            if (found.size() == most) break;
            find(contents.share(), object)
                    .ifPresent(table -> found.put(
                            object.sharedAs().table(),
                            new ListedTable(contents.share(), object.sharedAs(), given(object, table))));
        }
        contents.schema(schema)
                .filter(shared -> isServed(contents.share(), shared))
                .ifPresent(shared -> listed(contents, shared, after, most)
                        .forEach(table -> found.put(table.name().table(), table)));
        return found.values().stream().limit(most).toList();
    }

    /** The schemas that recipients see: those shared as such, and those that some table is shared under. */
    public NavigableSet<String> schemas(ShareContents contents) {
        NavigableSet<String> served = new TreeSet<>();
        for (String name : contents.schemaNames())
            if (contents.schema(name)
                            .filter(schema -> isServed(contents.share(), schema))
                            .isPresent()
                    || contents.objectsBehind(name, "").stream()
                            .anyMatch(object -> find(contents.share(), object).isPresent())) served.add(name);
        return served;
    }

    /** Empty while the object is broken: its table is gone or another one, or the share's owner may not give it. */
    Optional<SharedTable> find(Share share, SharedObject object) {
        return standing(object)
                .filter(table -> Refusals.unlessRefused(() -> catalog.requireShareable(share.owner(), object.table()))
                        .isPresent());
    }

    boolean isServed(Share share, SharedSchema schema) {
        return Refusals.unlessRefused(() -> catalog.requireShareableSchema(share.owner(), schema.schema()))
                .filter(schema.schemaId()::equals)
                .isPresent();
    }

    /**
     * Refuses a change of owner that would open what is closed: a table that the old owner lost must not come back by
     * the rights of the new one, unless who makes the change may give it away.
     */
    void requireNoGain(String principal, Share share, SharedObject object) {
        if (standing(object).isPresent() && find(share, object).isEmpty())
            catalog.requireShareable(principal, object.table());
    }

    void requireNoGain(String principal, Share share, SharedSchema schema) {
        boolean stands = catalog.schemaId(schema.schema())
                .filter(schema.schemaId()::equals)
                .isPresent();
        if (stands && !isServed(share, schema)) catalog.requireShareableSchema(principal, schema.schema());
    }

    SharedTable requireShareable(String principal, Share share, TableName name) {
        SharedTable table = catalog.requireShareable(principal, name);
        if (!principal.equals(share.owner())) catalog.requireShareable(share.owner(), name);
        return table;
    }

    /** The schema's id. */
    String requireShareable(String principal, Share share, SchemaName name) {
        String id = catalog.requireShareableSchema(principal, name);
        if (!principal.equals(share.owner())) catalog.requireShareableSchema(share.owner(), name);
        return id;
    }

    private Optional<GivenTable> inSchema(ShareContents contents, SharedSchema schema, String table) {
        return Refusals.unlessRefused(() -> TableName.parse(schema.schema() + "." + table))
                .filter(name -> contents.isGivenBy(schema, name))
                .flatMap(catalog::find)
                .map(found -> given(schema, found));
    }

    /** Requires: the schema is served, so that all its tables may be given. */
    private List<ListedTable> listed(ShareContents contents, SharedSchema schema, String after, int most) {
        List<ListedTable> found = new ArrayList<>();
        String from = after;
        while (found.size() < most) {
            List<SharedTable> run = catalog.tablesOf(schema.schema(), from, most);
            for (SharedTable table : run)
                if (contents.isGivenBy(schema, table.name()))
                    found.add(new ListedTable(contents.share(), schema.nameOf(table.name()), given(schema, table)));
            if (run.size() < most) break;
            from = run.get(run.size() - 1).name().table().value();
        }
        return found;
    }

    private static GivenTable given(SharedObject object, SharedTable table) {
        return new GivenTable(table, object.tableId(), object.history(), object.partitions());
    }

    private static GivenTable given(SharedSchema schema, SharedTable table) {
        return new GivenTable(table, schema.schemaId(), schema.history(), SharedPartitions.ALL);
    }

    /** The table that was added, if it still has its name. */
    private Optional<SharedTable> standing(SharedObject object) {
        return catalog.find(object.table()).filter(table -> table.id().equals(object.tableId()));
    }
}
