package io.sluice.catalog.snapshot;

import io.sluice.catalog.record.CatalogRecord;
import io.sluice.catalog.store.CatalogStore;
import io.sluice.catalog.store.SqlUnitOfWork;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the snapshots of all metastores are held in: roots by their logs, catalogs by their ids, which are unique among
 * all.
 */
final class Memory {
    final Followed.Tally ofRoots = new Followed.Tally();
    final Followed.Tally ofCatalogs = new Followed.Tally();
    final Map<String, Followed<RootSnapshot>> roots = new ConcurrentHashMap<>();
    final Map<String, Contents> catalogs = new ConcurrentHashMap<>();
    final TableRoom room;
    private final SqlUnitOfWork work;
    private final CatalogStore store;

    Memory(SqlUnitOfWork work, CatalogStore store, long mostTableBytes) {
        this.work = work;
        this.store = store;
        this.room = new TableRoom(this::contents, mostTableBytes);
    }

    Followed<RootSnapshot> root(String rootLog) {
        return roots.computeIfAbsent(rootLog, log -> new Followed<>(new RootSource(work, store, log), ofRoots));
    }

    /**
     * The contents of a catalog under the name that it has. When its row has changed the memory begins anew: it may have
     * been renamed, even away and back, and another pod may have written to it under the other name.
     */
    Followed<CatalogSnapshot> catalog(CatalogRecord catalog) {
        Contents found = catalogs.get(catalog.id());
        if (found == null || found.version < catalog.version())
            found = catalogs.compute(
                    catalog.id(),
                    (id, known) -> known != null && known.version >= catalog.version() ? known : contents(catalog));
        return found.followed;
    }

    /** If memory has begun under just this row of the catalog. */
    @Nullable
    Followed<CatalogSnapshot> known(CatalogRecord catalog) {
        Contents found = catalogs.get(catalog.id());
        return found == null || found.version != catalog.version() ? null : found.followed;
    }

    /** All that is there of catalogs. */
    private Stream<Followed<CatalogSnapshot>> contents() {
        return catalogs.values().stream().map(Contents::followed);
    }

    private Contents contents(CatalogRecord catalog) {
        return new Contents(
                catalog.version(),
                new Followed<>(new CatalogSource(work, store, catalog.id(), catalog.name()), ofCatalogs));
    }

    /** @param version of the catalog's row when this began */
    record Contents(long version, Followed<CatalogSnapshot> followed) {}
}
