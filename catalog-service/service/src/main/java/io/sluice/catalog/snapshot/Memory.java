package io.sluice.catalog.snapshot;

import io.sluice.catalog.store.CatalogStore;
import io.sluice.catalog.store.SqlUnitOfWork;
import io.sluice.model.name.EntityName;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the snapshots of all metastores are held in: roots by their logs, catalogs by their ids, which are unique among
 * all.
 */
final class Memory {
    final Followed.Tally ofRoots = new Followed.Tally();
    final Followed.Tally ofCatalogs = new Followed.Tally();
    final Map<String, Followed<RootSnapshot>> roots = new ConcurrentHashMap<>();
    final Map<String, Followed<CatalogSnapshot>> catalogs = new ConcurrentHashMap<>();
    final TableRoom room;
    private final SqlUnitOfWork work;
    private final CatalogStore store;

    Memory(SqlUnitOfWork work, CatalogStore store, long mostTableBytes) {
        this.work = work;
        this.store = store;
        this.room = new TableRoom(catalogs.values(), mostTableBytes);
    }

    Followed<RootSnapshot> root(String rootLog) {
        return roots.computeIfAbsent(rootLog, log -> new Followed<>(new RootSource(work, store, log), ofRoots));
    }

    Followed<CatalogSnapshot> catalog(String id, EntityName name) {
        Followed<CatalogSnapshot> found = catalogs.get(id);
        if (found != null && says(found, name)) return found;
        return catalogs.compute(
                id,
                (same, known) -> known != null && says(known, name)
                        ? known
                        : new Followed<>(new CatalogSource(work, store, id, name), ofCatalogs));
    }

    /** Everything in a catalog says the catalog's name: after a renaming it is read anew. */
    private static boolean says(Followed<CatalogSnapshot> followed, EntityName name) {
        CatalogSnapshot inMemory = followed.inMemory();
        return inMemory == null || inMemory.catalog().equals(name);
    }
}
