package io.sluice.replica;

import io.sluice.model.name.TableName;
import java.net.URI;

/** What is to be kept where, and at whose cost. */
public record ReplicaRequest(
        String name,
        TableName sourceTable,
        String sourceTableId,
        URI sourceLocation,
        URI targetLocation,
        ReplicaKind kind,
        String producer) {}
