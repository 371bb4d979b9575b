package io.sluice.catalog.store;

import io.sluice.catalog.record.Change;
import io.sluice.catalog.record.GroupRecord;
import io.sluice.catalog.record.Securable;
import io.sluice.catalog.record.StoredJson;
import io.sluice.catalog.record.TokenRecord;
import io.sluice.catalog.record.UserRecord;
import io.sluice.model.grant.Privilege;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The rows behind the snapshots. Stateless; each call works on the connection of the caller's transaction. */
public final class CatalogStore {
    /** The log of the metastore's root; a catalog's log is named by the catalog's id. */
    public static final String ROOT_LOG = "root";

    public void insert(Connection connection, String log, Optional<String> parentId, String name, Securable securable)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO securable (id, log, kind, parent_id, name, version, body) VALUES (?, ?, ?, ?, ?, ?, ?)")) {
            insert.setString(1, securable.id());
            insert.setString(2, log);
            insert.setString(3, securable.type().name());
            insert.setString(4, parentId.orElse(null));
            insert.setString(5, name);
            insert.setLong(6, securable.version());
            insert.setString(7, StoredJson.write(securable));
            insert.executeUpdate();
        }
    }

    /** Writes the next version of a row; answers false when the row is no longer at the version before. */
    public boolean update(Connection connection, Securable next) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE securable SET version = ?, body = ? WHERE id = ? AND version = ?")) {
            update.setLong(1, next.version());
            update.setString(2, StoredJson.write(next));
            update.setString(3, next.id());
            update.setLong(4, next.version() - 1);
            return update.executeUpdate() == 1;
        }
    }

    /** Gives a row another name, beside an {@link #update} of its body. */
    public void rename(Connection connection, String id, String name) throws SQLException {
        execute(connection, "UPDATE securable SET name = ? WHERE id = ?", name, id);
    }

    /** Answers false when it was gone already. Fails on a row that still has children. */
    public boolean delete(Connection connection, String id) throws SQLException {
        return execute(connection, "DELETE FROM securable WHERE id = ?", id) == 1;
    }

    public void deleteLog(Connection connection, String log) throws SQLException {
        // Children first: their parents are schemas, which stand in the same log.
        execute(connection, "DELETE FROM securable WHERE log = ? AND kind <> 'SCHEMA'", log);
        execute(connection, "DELETE FROM securable WHERE log = ?", log);
    }

    public void addGrant(Connection connection, String log, String securableId, String principal, Privilege privilege)
            throws SQLException {
        execute(
                connection,
                "INSERT INTO grants (log, securable_id, principal, privilege) VALUES (?, ?, ?, ?)"
                        + " ON CONFLICT (securable_id, principal, privilege) DO NOTHING",
                log,
                securableId,
                principal,
                privilege.name());
    }

    public void removeGrant(Connection connection, String securableId, String principal, Privilege privilege)
            throws SQLException {
        execute(
                connection,
                "DELETE FROM grants WHERE securable_id = ? AND principal = ? AND privilege = ?",
                securableId,
                principal,
                privilege.name());
    }

    public void insertUser(Connection connection, UserRecord user) throws SQLException {
        execute(
                connection,
                "INSERT INTO users (id, name, body) VALUES (?, ?, ?)",
                user.id(),
                user.name(),
                StoredJson.write(user));
    }

    public void deleteUser(Connection connection, String name) throws SQLException {
        execute(connection, "DELETE FROM users WHERE name = ?", name);
    }

    public void putGroup(Connection connection, GroupRecord group) throws SQLException {
        execute(
                connection,
                "INSERT INTO principal_groups (id, name, body) VALUES (?, ?, ?)"
                        + " ON CONFLICT (id) DO UPDATE SET name = excluded.name, body = excluded.body",
                group.id(),
                group.name(),
                StoredJson.write(group));
    }

    public void deleteGroup(Connection connection, String id) throws SQLException {
        execute(connection, "DELETE FROM principal_groups WHERE id = ?", id);
    }

    /** Names of some things on which something is granted to a principal. */
    public List<String> grantedTo(Connection connection, String principal, int limit) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT DISTINCT s.name FROM grants g JOIN securable s ON s.id = g.securable_id"
                        + " WHERE g.principal = ? LIMIT ?")) {
            select.setString(1, principal);
            select.setInt(2, limit);
            try (ResultSet rows = select.executeQuery()) {
                List<String> names = new ArrayList<>();
                while (rows.next()) names.add(rows.getString(1));
                return names;
            }
        }
    }

    public void insertToken(Connection connection, TokenRecord token) throws SQLException {
        execute(
                connection,
                "INSERT INTO tokens (digest, id, body) VALUES (?, ?, ?)",
                token.digest(),
                token.id(),
                StoredJson.write(token));
    }

    public void deleteToken(Connection connection, String digest) throws SQLException {
        execute(connection, "DELETE FROM tokens WHERE digest = ?", digest);
    }

    /** Everything of one log at one instant, in one statement: the rows, the grants, and the last sequence number. */
    public LogImage image(Connection connection, String log) throws SQLException {
        String users = log.equals(ROOT_LOG)
                ? " UNION ALL SELECT 'user', id, name, body FROM users"
                        + " UNION ALL SELECT 'token', id, digest, body FROM tokens"
                        + " UNION ALL SELECT 'group', id, name, body FROM principal_groups"
                : "";
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT 'last' AS part, log AS a, CAST(last AS TEXT) AS b, '' AS c FROM change_sequence WHERE log = ?"
                        + " UNION ALL SELECT kind, id, name, body FROM securable WHERE log = ?"
                        + " UNION ALL SELECT 'grant', securable_id, principal, privilege FROM grants WHERE log = ?"
                        + users)) {
            for (int i = 1; i <= 3; i++) select.setString(i, log);
            try (ResultSet rows = select.executeQuery()) {
                return LogImage.read(rows);
            }
        }
    }

    /** The changes after a sequence number, in order. */
    public List<Change> changesAfter(Connection connection, String log, long sequence) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT change FROM change_log WHERE log = ? AND sequence > ? ORDER BY sequence")) {
            select.setString(1, log);
            select.setLong(2, sequence);
            try (ResultSet rows = select.executeQuery()) {
                List<Change> changes = new ArrayList<>();
                while (rows.next()) changes.add(StoredJson.read(rows.getString(1), Change.class));
                return changes;
            }
        }
    }

    public long lastSequence(Connection connection, String log) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT last FROM change_sequence WHERE log = ?")) {
            select.setString(1, log);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? rows.getLong(1) : 0;
            }
        }
    }

    /** Of every log the number of its last change. */
    public Map<String, Long> lastSequences(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT log, last FROM change_sequence");
                ResultSet rows = select.executeQuery()) {
            Map<String, Long> last = new HashMap<>();
            while (rows.next()) last.put(rows.getString(1), rows.getLong(2));
            return last;
        }
    }

    /** The body of the securable with that id, for callers that know a thing by its id alone. */
    public Optional<String> bodyById(Connection connection, String id, String kind) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT body FROM securable WHERE id = ? AND kind = ?")) {
            select.setString(1, id);
            select.setString(2, kind);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? Optional.of(rows.getString(1)) : Optional.empty();
            }
        }
    }

    private static int execute(Connection connection, String sql, String... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) statement.setString(i + 1, values[i]);
            return statement.executeUpdate();
        }
    }
}
