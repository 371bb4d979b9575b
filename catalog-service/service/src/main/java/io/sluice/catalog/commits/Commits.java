package io.sluice.catalog.commits;

import io.sluice.model.failure.Failure;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Gives out the versions of a table, one after another, each once. Works within the caller's transaction. */
public final class Commits {
    private final CommitStore store = new CommitStore();

    /**
     * Makes the commit the table's next version. The same commit again is answered as the first time, for its writer
     * may not have heard the answer.
     */
    public void commit(Connection connection, String tableId, StagedCommit commit) throws SQLException {
        Optional<CommitHead> head = store.head(connection, tableId);
        boolean isNext = head.isEmpty()
                ? store.begin(connection, tableId, commit)
                : follows(connection, tableId, commit, head.get());
        if (!isNext && !isRepeated(connection, tableId, commit))
            throw Failure.versionTaken(
                    "Version %d of the table was committed by another writer. Read the table again and retry.",
                    commit.version());
    }

    private boolean follows(Connection connection, String tableId, StagedCommit commit, CommitHead head)
            throws SQLException {
        if (commit.version() <= head.lastVersion()) return false;
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

    private boolean isRepeated(Connection connection, String tableId, StagedCommit commit) throws SQLException {
        return store.between(connection, tableId, commit.version(), commit.version())
                .contains(commit);
    }

    /** Notes that all versions up to this one were copied into the log. */
    public void backfilled(Connection connection, String tableId, long version) throws SQLException {
        long last = store.head(connection, tableId).map(CommitHead::lastVersion).orElse(-1L);
        if (version > last)
            throw Failure.invalid(
                    "latest_backfilled_version is %d, but the last commit of the table is %d.", version, last);
        store.backfilled(connection, tableId, version);
    }

    /**
     * What readers do not find in the log yet.
     *
     * @param latestVersion -1 when nothing was committed here
     */
    public record Unbackfilled(List<StagedCommit> commits, long latestVersion) {}

    public Unbackfilled unbackfilled(Connection connection, String tableId, long first, long last) throws SQLException {
        Optional<CommitHead> head = store.head(connection, tableId);
        if (head.isEmpty()) return new Unbackfilled(List.of(), -1);
        long from = Math.max(first, head.get().backfilled() + 1);
        return new Unbackfilled(
                store.between(connection, tableId, from, last), head.get().lastVersion());
    }
}
