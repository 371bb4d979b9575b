package io.sluice.catalog.snapshot;

import io.sluice.catalog.record.CatalogRecord;
import io.sluice.catalog.record.Grants;

/** A catalog's own row. What is in the catalog stands in its {@link CatalogSnapshot}. */
public record CatalogNode(CatalogRecord catalog, Grants grants, byte[] body) {
    static CatalogNode of(CatalogRecord catalog, Grants grants) {
        return new CatalogNode(catalog, grants, WireBodies.of(catalog));
    }
}
