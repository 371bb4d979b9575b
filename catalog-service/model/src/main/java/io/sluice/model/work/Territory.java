package io.sluice.model.work;

import io.sluice.model.name.EntityName;
import io.sluice.model.name.SchemaName;
import java.util.Optional;

/**
 * The part of the metastore that a read or a write is about: the metastore's root, one catalog, or one schema. It
 * decides which pod owns the work and whose sequence numbers the changes get.
 */
public record Territory(Optional<EntityName> catalog, Optional<EntityName> schema) {
    /** Principals, tokens, shares, recipients, replicas, keys, the bill: all that stands above the catalogs. */
    public static final Territory ROOT = new Territory(Optional.empty(), Optional.empty());

    public Territory {
        if (catalog.isEmpty() && schema.isPresent())
            throw new IllegalArgumentException("schema " + schema.get() + " without a catalog");
    }

    public static Territory of(EntityName catalog) {
        return new Territory(Optional.of(catalog), Optional.empty());
    }

    public static Territory of(SchemaName schema) {
        return new Territory(Optional.of(schema.catalog()), Optional.of(schema.schema()));
    }

    @Override
    public String toString() {
        if (catalog.isEmpty()) return "the metastore's root";
        return schema.isEmpty() ? "catalog " + catalog.get() : "schema " + catalog.get() + "." + schema.get();
    }
}
