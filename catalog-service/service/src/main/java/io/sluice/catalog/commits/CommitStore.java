package io.sluice.catalog.commits;

import io.sluice.catalog.record.StoredJson;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The rows of commits. Stateless; each call works on the connection of the caller's transaction. */
final class CommitStore {

    Optional<CommitHead> head(Connection connection, String tableId) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT last_version, backfilled FROM commit_head WHERE table_id = ?")) {
            select.setString(1, tableId);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? Optional.of(new CommitHead(rows.getLong(1), rows.getLong(2))) : Optional.empty();
            }
        }
    }

    /** Begins a table at a commit; answers false when somebody else did. */
    boolean begin(Connection connection, String tableId, StagedCommit first) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO commit_head (table_id, last_version, backfilled) VALUES (?, ?, ?)"
                        + " ON CONFLICT (table_id) DO NOTHING")) {
            insert.setString(1, tableId);
            insert.setLong(2, first.version());
            insert.setLong(3, first.version() - 1);
            if (insert.executeUpdate() == 0) return false;
        }
        insert(connection, tableId, first);
        return true;
    }

    /** Goes on to the next version; answers false when somebody else did. */
    boolean advance(Connection connection, String tableId, StagedCommit next) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE commit_head SET last_version = ? WHERE table_id = ? AND last_version = ?")) {
            update.setLong(1, next.version());
            update.setString(2, tableId);
            update.setLong(3, next.version() - 1);
            if (update.executeUpdate() == 0) return false;
        }
        insert(connection, tableId, next);
        return true;
    }

    private static void insert(Connection connection, String tableId, StagedCommit commit) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO table_commit (table_id, version, body) VALUES (?, ?, ?)")) {
            insert.setString(1, tableId);
            insert.setLong(2, commit.version());
            insert.setString(3, StoredJson.write(commit));
            insert.executeUpdate();
        }
    }

    /** Notes that all versions up to this one stand in the log. An older notice that comes late changes nothing. */
    void backfilled(Connection connection, String tableId, long version) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE commit_head SET backfilled = ? WHERE table_id = ? AND backfilled < ?")) {
            update.setLong(1, version);
            update.setString(2, tableId);
            update.setLong(3, version);
            update.executeUpdate();
        }
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM table_commit WHERE table_id = ? AND version <= ?"
                        + " AND version <= (SELECT last_version - ? FROM commit_head WHERE table_id = ?)")) {
            delete.setString(1, tableId);
            delete.setLong(2, version);
            delete.setLong(3, CommitHead.REMEMBERED);
            delete.setString(4, tableId);
            delete.executeUpdate();
        }
    }

    /** In the order of their versions, both ends included. */
    List<StagedCommit> between(Connection connection, String tableId, long first, long last) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT body FROM table_commit WHERE table_id = ? AND version BETWEEN ? AND ? ORDER BY version")) {
            select.setString(1, tableId);
            select.setLong(2, first);
            select.setLong(3, last);
            try (ResultSet rows = select.executeQuery()) {
                List<StagedCommit> found = new ArrayList<>();
                while (rows.next()) found.add(StoredJson.read(rows.getString(1), StagedCommit.class));
                return found;
            }
        }
    }
}
