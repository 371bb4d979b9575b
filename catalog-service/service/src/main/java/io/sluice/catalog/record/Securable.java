package io.sluice.catalog.record;

import io.sluice.model.grant.SecurableType;

/** A thing that can be owned and granted on. The version grows by one with every change and is the etag. */
public sealed interface Securable permits MetastoreRecord, CatalogRecord, SchemaRecord, TableRecord, AssetRecord {
    String id();

    Stamp stamp();

    long version();

    SecurableType type();

    default String owner() {
        return stamp().owner();
    }
}
