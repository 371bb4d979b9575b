package io.sluice.sharing.share;

import io.sluice.model.name.TableName;
import java.time.Instant;
import java.util.Optional;

/**
 * A table in a share.
 *
 * @param tableId the table that was meant; another one that takes its name later is not shared
 */
public record SharedObject(
        ShareId share,
        String tableId,
        TableName table,
        SharedAs sharedAs,
        Optional<String> comment,
        SharedHistory history,
        SharedPartitions partitions,
        Instant addedAt,
        String addedBy) {}
