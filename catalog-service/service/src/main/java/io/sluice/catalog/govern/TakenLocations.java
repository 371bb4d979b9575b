package io.sluice.catalog.govern;

import io.sluice.catalog.access.Authorizer;
import io.sluice.catalog.access.Caller;
import io.sluice.catalog.snapshot.CatalogNode;
import io.sluice.catalog.snapshot.CatalogSnapshot;
import io.sluice.catalog.snapshot.SchemaNode;
import io.sluice.catalog.snapshot.Snapshots;
import io.sluice.model.failure.Failure;

/** Two things on one folder would let a grant on the one read the other. */
final class TakenLocations {
    private final Locator locate;
    private final Snapshots snapshots;

    TakenLocations(Locator locate, Snapshots snapshots) {
        this.locate = locate;
        this.snapshots = snapshots;
    }

    /** Throws when the location lies in, or around, the folder of a table, volume or model of any catalog. */
    void requireFree(String location) {
        for (CatalogNode catalog : locate.root().catalogs().values())
            requireFree(snapshots.anywhere(catalog.catalog()), location);
    }

    /**
     * As above where the caller picked the folder. Catalogs of other pods are read from the store for it; an admin, who
     * may read all of them anyway, is spared that.
     */
    void requireFree(Caller caller, CatalogSnapshot own, String location) {
        if (Authorizer.isMetastoreAdmin(locate.root(), caller)) requireFree(own, location);
        else requireFree(location);
    }

    /** As above for one catalog. */
    void requireFree(CatalogSnapshot contents, String location) {
        for (SchemaNode schema : contents.schemas().values()) {
            schema.tables()
                    .values()
                    .forEach(table -> requireApart(
                            location,
                            table.table().location(),
                            "table " + table.table().name()));
            schema.assets()
                    .all()
                    .map(node -> node.asset())
                    .filter(asset -> asset.location() != null)
                    .forEach(asset -> requireApart(
                            location,
                            String.valueOf(asset.location()),
                            asset.type().wireName() + " " + asset.fullName()));
        }
    }

    private static void requireApart(String location, String taken, String by) {
        if (Locations.overlap(location, taken))
            throw Failure.invalid("The location %s overlaps that of %s. Pick a folder of its own.", location, by);
    }
}
