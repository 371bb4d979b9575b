package io.sluice.catalog.govern;

import io.sluice.catalog.snapshot.CatalogSnapshot;
import io.sluice.catalog.snapshot.SchemaNode;
import io.sluice.model.failure.Failure;

/** Two things on one folder would let a grant on the one read the other. */
final class TakenLocations {
    /** Throws when the location lies in, or around, the folder of a table, volume or model of the catalog. */
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
