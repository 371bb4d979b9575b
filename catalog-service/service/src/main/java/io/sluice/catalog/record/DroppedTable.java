package io.sluice.catalog.record;

/**
 * A table that was dropped and can still be had back.
 *
 * @param table as it was, under the names that its schema and catalog have now
 */
public record DroppedTable(TableRecord table, String schemaId, long droppedAt, String droppedBy) {}
