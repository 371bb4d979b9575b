package io.sluice.replica;

import io.sluice.model.place.Region;
import java.util.Optional;

/** Which copy is near. Asks no object store. */
public interface ReplicaDirectory {
    /**
     * The copy that a reader in {@code region} should read: in the region itself, else in its cloud if the source is
     * not; among equals the one that holds the newest source version. Empty when the source is as near, or when no
     * copy has been synced.
     */
    Optional<LiveCopy> nearest(String sourceTableId, Region region);
}
