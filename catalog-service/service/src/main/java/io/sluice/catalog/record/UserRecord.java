package io.sluice.catalog.record;

/** A person or a service that can call. The name is what grants are given to. */
public record UserRecord(String id, String name, String displayName, boolean active, long createdAt) {}
