package io.sluice.catalog.commits;

import io.sluice.model.failure.Failure;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Gives out the versions of a table, one after another, each once. Works within the caller's transaction. */
public final class Commits {
    private final CommitStore store = new CommitStore();

    public enum Outcome {
        /** What was asked for is done now. */
        RECORDED,
        /** The commit was recorded before, by a writer that did not hear the answer: nothing is to be done. */
        REPEATED
    }

    /**
     * Makes the commit the table's next version, and notes how far the log was filled.
     *
     * @param backfilled all versions up to it stand in the log by now; null says nothing about it
     */
    public Outcome record(
            Connection connection, String tableId, @Nullable StagedCommit commit, @Nullable Long backfilled)
            throws SQLException {
        Optional<CommitHead> head = store.head(connection, tableId);
        if (commit != null && head.isPresent() && commit.version() <= head.get().lastVersion())
            return repeated(connection, tableId, commit);
        // First, for it makes room for the commit.
        if (backfilled != null) backfilled(connection, tableId, head, backfilled, commit != null);
        return commit == null ? Outcome.RECORDED : commit(connection, tableId, commit);
    }

    private Outcome commit(Connection connection, String tableId, StagedCommit commit) throws SQLException {
        Optional<CommitHead> head = store.head(connection, tableId);
        boolean isNext = head.isEmpty()
                ? store.begin(connection, tableId, commit)
                : follows(connection, tableId, commit, head.get());
        return isNext ? Outcome.RECORDED : repeated(connection, tableId, commit);
    }

    private boolean follows(Connection connection, String tableId, StagedCommit commit, CommitHead head)
            throws SQLException {
        if (commit.version() > head.lastVersion() + 1)
            throw Failure.invalid(
                    "The commit has version %d, but the table is at %d. Commit %d next.",
                    commit.version(), head.lastVersion(), head.lastVersion() + 1);
        if (head.isFull())
            throw Failure.exhausted(
                    "The table has %d commits that are not in its log yet. Backfill them, then commit again.",
                    CommitHead.MOST_UNBACKFILLED);
        return store.advance(connection, tableId, commit);
    }

    private Outcome repeated(Connection connection, String tableId, StagedCommit commit) throws SQLException {
        boolean isTheSame = store.between(connection, tableId, commit.version(), commit.version()).stream()
                .anyMatch(commit::isTheSameAs);
        if (!isTheSame)
            throw Failure.versionTaken(
                    "Version %d of the table was committed by another writer. Read the table again and retry.",
                    commit.version());
        return Outcome.REPEATED;
    }

    private void backfilled(
            Connection connection, String tableId, Optional<CommitHead> head, long version, boolean beforeACommit)
            throws SQLException {
        // Before its first commit here a table has the versions it was made with, whichever they are.
        if (head.isEmpty() && beforeACommit) return;
        long last = head.map(CommitHead::lastVersion).orElse(0L);
        if (version > last)
            throw Failure.invalid(
                    "The latest backfilled version is said to be %d, but the last commit of the table is %d.",
                    version, last);
        store.backfilled(connection, tableId, version);
    }

    /**
     * What readers do not find in the log yet.
     *
     * @param latestVersion 0 when nothing was committed here: the table was made with it
     */
    public record Unbackfilled(List<StagedCommit> commits, long latestVersion) {}

    /** In the order of their versions. */
    public Unbackfilled unbackfilled(Connection connection, String tableId, long first, long last) throws SQLException {
        Optional<CommitHead> head = store.head(connection, tableId);
        if (head.isEmpty()) return new Unbackfilled(List.of(), 0);
        long from = Math.max(first, head.get().backfilled() + 1);
        return new Unbackfilled(
                store.between(connection, tableId, from, last), head.get().lastVersion());
    }
}
