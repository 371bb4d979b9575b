package io.sluice.sharing.query;

import io.sluice.model.place.Region;
import java.net.URI;
import java.util.Optional;

/** Knows the live copies of tables. Plugged in by the server; asked per query, so it answers from memory. */
public interface ReplicaLocations {
    /** The copy that stands in the region, if there is one that may be read and follows its source. */
    Optional<ReplicaCopy> nearest(String tableId, Region region);

    /** No copies anywhere. */
    static ReplicaLocations none() {
        return (tableId, region) -> Optional.empty();
    }

    /**
     * A squash copy: its log has versions of its own.
     *
     * @param replicaVersion version of the copy's own log, newest synced
     * @param sourceVersion version of the source whose rows the copy holds at that version
     * @param sealedScope whose key the copy is sealed under; empty when it is plain
     */
    record ReplicaCopy(URI location, long replicaVersion, long sourceVersion, Optional<String> sealedScope) {}
}
