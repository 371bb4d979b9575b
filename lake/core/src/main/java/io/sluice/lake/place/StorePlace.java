package io.sluice.lake.place;

import io.sluice.lake.store.ObjectStore;
import io.sluice.model.place.Region;

/**
 * A location as a store of its own.
 *
 * @param store rooted at the location
 * @param storeName the named store it is part of
 */
public record StorePlace(ObjectStore store, String storeName, Region region) {}
