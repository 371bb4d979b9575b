package io.sluice.replica;

import io.sluice.lake.store.ObjectStore;
import io.sluice.model.place.Region;
import java.net.URI;

/** Opens the places that replicas copy between. Plugged in by the server, which knows stores, keys and regions. */
public interface ReplicaPlaces {
    Region regionOf(URI location);

    /** The source, rooted at its table's folder, with a meter that begins at zero. */
    MeteredSource source(Replica replica);

    /** The target, rooted at the replica's folder. */
    ObjectStore target(Replica replica);
}
