package io.sluice.catalog.record;

import org.jspecify.annotations.Nullable;

/** A person or a service that can call. The name is what grants are given to. */
public record UserRecord(String id, String name, String displayName, boolean active, long createdAt, Kind kind) {
    public enum Kind {
        PERSON,
        SERVICE
    }

    /** Rows that were written before there were services say no kind. */
    public UserRecord(String id, String name, String displayName, boolean active, long createdAt, @Nullable Kind kind) {
        this.id = id;
        this.name = name;
        this.displayName = displayName;
        this.active = active;
        this.createdAt = createdAt;
        this.kind = kind == null ? Kind.PERSON : kind;
    }

    public UserRecord described(String newDisplayName, boolean isActive) {
        return new UserRecord(id, name, newDisplayName, isActive, createdAt, kind);
    }
}
