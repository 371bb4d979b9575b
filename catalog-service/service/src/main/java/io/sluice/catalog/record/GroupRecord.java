package io.sluice.catalog.record;

import java.util.List;

/** @param members names of users and of other groups */
public record GroupRecord(String id, String name, List<String> members, long createdAt) {}
