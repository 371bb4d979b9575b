package io.sluice.sharing.share;

import io.sluice.model.failure.Failure;

/**
 * What recipients get of a table beside its newest version.
 *
 * @param hasVersions old versions, and what was added and removed since one
 * @param hasChanges the change data feed, for tables that keep one
 * @param startVersion the oldest version that they reach
 */
public record SharedHistory(boolean hasVersions, boolean hasChanges, long startVersion) {
    public static final SharedHistory NONE = new SharedHistory(false, false, 0);

    public SharedHistory {
        if (startVersion < 0) throw Failure.invalid("start_version is %d. It cannot be negative.", startVersion);
    }

    public boolean isShared() {
        return hasVersions || hasChanges;
    }
}
