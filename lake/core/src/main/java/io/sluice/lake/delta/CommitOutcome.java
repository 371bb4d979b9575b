package io.sluice.lake.delta;

/** What became of a commit. */
public sealed interface CommitOutcome {
    long version();

    /** Our actions are this version. */
    record Committed(long version) implements CommitOutcome {}

    /** Another commit is this version; ours is not in the log. Read it, and decide again. */
    record Exists(long version) implements CommitOutcome {}
}
