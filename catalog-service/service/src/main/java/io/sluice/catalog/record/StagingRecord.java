package io.sluice.catalog.record;

/** A place that was given out for a managed table, whose id the table will have. */
public record StagingRecord(String id, String schemaId, String name, String location, String creator, long createdAt) {}
