package io.sluice.sharing.share;

/**
 * A table that a share gives, and how much of it.
 *
 * @param objectId of what is shared: the table itself, or its schema
 */
public record GivenTable(SharedTable table, String objectId, SharedHistory history, SharedPartitions partitions) {}
