package io.sluice.server.wiring;

import io.sluice.crypto.hierarchy.KeyHierarchy;
import io.sluice.lake.place.StorePlace;
import io.sluice.lake.store.ObjectStore;
import io.sluice.lake.store.SealedStore;
import io.sluice.model.place.Region;
import java.net.URI;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Opens the folder of a table or of a copy of it, unsealing where it is sealed. */
public final class Places {
    private final Clouds clouds;
    private final KeyHierarchy keys;

    Places(Clouds clouds, KeyHierarchy keys) {
        this.clouds = clouds;
        this.keys = keys;
    }

    /** The folder as readers see it. */
    public ObjectStore open(String tableId, URI location, Optional<String> keyScope) {
        return unsealing(tableId, location, keyScope).apply(raw(location));
    }

    /** The folder as the provider sees it. */
    ObjectStore raw(URI location) {
        return place(location).store();
    }

    /**
     * What turns the provider's view into the reader's. The place is part of what a file is sealed for: a file of the
     * source put into a replica's folder does not open there, and each has a data key of its own.
     */
    UnaryOperator<ObjectStore> unsealing(String tableId, URI location, Optional<String> keyScope) {
        if (keyScope.isEmpty()) return store -> store;
        String subject = tableId + "@" + location;
        return store -> new SealedStore(store, keys.sealerFor(keyScope.get(), subject), subject);
    }

    public Region regionOf(URI location) {
        return place(location).region();
    }

    private StorePlace place(URI location) {
        return clouds.stores().place(location);
    }
}
