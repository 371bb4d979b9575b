package io.sluice.replica;

import io.sluice.model.name.TableName;
import io.sluice.model.place.Lane;
import io.sluice.model.place.Region;
import java.net.URI;
import java.time.Instant;

/**
 * A copy of a table, kept in another place.
 *
 * @param id stays for ever; the application id of the transactions in the replica's log
 * @param name what people call it
 * @param sourceTableId the catalog's id of the source
 * @param producer who pays for the bytes
 * @param lane from the source's region to the replica's
 */
public record Replica(
        String id,
        String name,
        TableName sourceTable,
        String sourceTableId,
        URI sourceLocation,
        URI targetLocation,
        ReplicaKind kind,
        String producer,
        Lane lane,
        Instant createdAt) {
    public Region region() {
        return lane.to();
    }
}
