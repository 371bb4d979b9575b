package io.sluice.replica;

import io.sluice.model.failure.Failure;
import java.util.Locale;

/** How a replica's versions relate to its source's. */
public enum ReplicaKind {
    /** One net commit per sync; the replica counts its versions for itself. */
    SQUASH,
    /** Replica version = source version. Named here so that asking for it gets a clear answer. */
    MIRROR;

    public static ReplicaKind parse(String text) {
        for (ReplicaKind kind : values()) if (kind.wireName().equalsIgnoreCase(text)) return kind;
        throw Failure.invalid("The replica kind \"%s\" is not known. Use squash.", text);
    }

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
