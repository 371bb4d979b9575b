package io.sluice.catalog.snapshot;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashPMap;
import org.pcollections.HashTreePMap;
import org.pcollections.TreePSet;

/**
 * Which tables of a schema somebody holds something on that does not come from above: a grant on the table itself, or
 * the table when it is not the schema's owner's. A list for a caller who sees little goes by these, and so costs what it
 * shows. They stay in memory also for tables that do not.
 *
 * @param areComplete false once the schema has another owner: which tables were the former one's is not known then, and
 *     lists go by the scan until the catalog is read anew
 */
record Holders(
        HashPMap<String, TreePSet<String>> tablesOf, HashPMap<String, Set<String>> holdersOf, boolean areComplete) {
    static final Holders NONE = new Holders(HashTreePMap.empty(), HashTreePMap.empty(), true);

    /** The table is held by these, and by nobody else. */
    Holders with(String table, Set<String> holders) {
        @Nullable Set<String> before = holdersOf.get(table);
        if (before == null ? holders.isEmpty() : before.equals(holders)) return this;
        HashPMap<String, TreePSet<String>> tables = tablesOf;
        if (before != null) for (String holder : before) tables = minus(tables, holder, table);
        for (String holder : holders)
            tables = tables.plus(holder, of(tables, holder).plus(table));
        return new Holders(
                tables, holders.isEmpty() ? holdersOf.minus(table) : holdersOf.plus(table, holders), areComplete);
    }

    Holders incomplete() {
        return new Holders(tablesOf, holdersOf, false);
    }

    /** In the order of names. */
    TreePSet<String> tablesOf(String principal) {
        return of(tablesOf, principal);
    }

    private static HashPMap<String, TreePSet<String>> minus(
            HashPMap<String, TreePSet<String>> tables, String holder, String table) {
        TreePSet<String> rest = of(tables, holder).minus(table);
        return rest.isEmpty() ? tables.minus(holder) : tables.plus(holder, rest);
    }

    private static TreePSet<String> of(HashPMap<String, TreePSet<String>> tables, String holder) {
        @Nullable TreePSet<String> found = tables.get(holder);
        return found == null ? TreePSet.<String>empty(NameOrder::compare) : found;
    }
}
