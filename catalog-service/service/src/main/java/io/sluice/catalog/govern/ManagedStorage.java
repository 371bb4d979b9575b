package io.sluice.catalog.govern;

import io.sluice.catalog.record.CatalogRecord;
import io.sluice.catalog.record.SchemaRecord;
import io.sluice.model.failure.Failure;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Where the catalog puts what callers leave to it: below the storage root of the schema, else of the catalog. */
final class ManagedStorage {
    private static final String FOLDER = "__unitystorage";

    private ManagedStorage() {}

    /** @param kind the folder's name as Unity Catalog has it: tables, volumes, models */
    static String location(CatalogRecord catalog, SchemaRecord schema, String kind, String id) {
        @Nullable String root = schema.storageRoot() != null ? schema.storageRoot() : catalog.storageRoot();
        if (root == null)
            throw Failure.invalid(
                    "Neither schema %s nor its catalog has a storage_root, so there is no place for managed %s."
                            + " Give one of them a storage_root, or name a location yourself.",
                    schema.name(), kind);
        return Locations.normalised(root) + "/" + FOLDER + "/" + kind + "/" + id;
    }

    /** What the catalog manages is reached by the names of tables, never by a folder of one's own choice. */
    static void requireOutside(String location) {
        if (Arrays.asList(location.split("/")).contains(FOLDER))
            throw Failure.invalid(
                    "The location %s lies in storage that the catalog manages. Pick a folder outside of it.", location);
    }
}
