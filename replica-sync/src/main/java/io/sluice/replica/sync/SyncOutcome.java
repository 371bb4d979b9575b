package io.sluice.replica.sync;

/** How a sync ended well. */
public sealed interface SyncOutcome {
    long sourceVersion();

    /** The replica held the newest version already, or another syncer brought it there. */
    record UpToDate(long sourceVersion) implements SyncOutcome {}

    /** One commit was made. */
    record Synced(long sourceVersion, SyncReport report) implements SyncOutcome {}
}
