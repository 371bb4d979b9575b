package io.sluice.catalog.store;

import io.sluice.catalog.record.AssetRecord;
import io.sluice.catalog.record.Change;
import io.sluice.catalog.record.Grants;
import io.sluice.catalog.record.Securable;
import io.sluice.catalog.record.StoredJson;
import io.sluice.catalog.record.TableRecord;
import io.sluice.model.grant.Privilege;
import io.sluice.model.grant.SecurableType;
import io.sluice.model.name.EntityName;
import io.sluice.model.name.SchemaName;
import io.sluice.model.name.TableName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The rows behind the snapshots. Stateless; each call works on the connection of the caller's transaction. */
public final class CatalogStore {
    /** The log of the first metastore's root. Any other root's is named by its metastore's id, a catalog's by its own. */
    public static final String FIRST_ROOT_LOG = "root";

    private static final String SECURABLES =
            "SELECT 'last' AS part, log AS a, CAST(last AS TEXT) AS b, '' AS c, '' AS d FROM change_sequence WHERE log = ?"
                    + " UNION ALL SELECT kind, id, name, body, parent_id FROM securable"
                    + " WHERE log = ? AND kind NOT IN ('TABLE', 'DROPPED_TABLE')"
                    + " UNION ALL SELECT 'grant', g.securable_id, g.principal, g.privilege, '' FROM grants g"
                    + " JOIN securable s ON s.id = g.securable_id"
                    + " WHERE g.log = ? AND s.kind NOT IN ('TABLE', 'DROPPED_TABLE')";

    private static final String HOLDERS =
            " UNION ALL SELECT DISTINCT 'holder', s.parent_id, s.name, g.principal, '' FROM grants g"
                    + " JOIN securable s ON s.id = g.securable_id WHERE g.log = ? AND s.kind = 'TABLE'"
                    + " UNION ALL SELECT 'holder', t.parent_id, t.name, t.owner, '' FROM securable t"
                    + " JOIN securable s ON s.id = t.parent_id"
                    + " WHERE t.log = ? AND t.kind = 'TABLE' AND t.owner <> s.owner";

    public void insert(Connection connection, String log, Optional<String> parentId, String name, Securable securable)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO securable (id, log, kind, parent_id, name, version, body, owner) VALUES (?, ?, ?, ?, ?, ?, ?, ?)")) {
            insert.setString(1, securable.id());
            insert.setString(2, log);
            insert.setString(3, securable.type().name());
            insert.setString(4, parentId.orElse(null));
            insert.setString(5, name);
            insert.setLong(6, securable.version());
            insert.setString(7, StoredJson.write(securable));
            insert.setString(8, securable.owner());
            insert.executeUpdate();
        }
    }

    /** Writes the next version of a row; answers false when the row is no longer at the version before. */
    public boolean update(Connection connection, Securable next) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE securable SET version = ?, body = ?, owner = ? WHERE id = ? AND version = ?")) {
            update.setLong(1, next.version());
            update.setString(2, StoredJson.write(next));
            update.setString(3, next.owner());
            update.setString(4, next.id());
            update.setLong(5, next.version() - 1);
            return update.executeUpdate() == 1;
        }
    }

    /** Gives a row another name, beside an {@link #update} of its body. */
    public void rename(Connection connection, String id, String name) throws SQLException {
        Statements.execute(connection, "UPDATE securable SET name = ? WHERE id = ?", name, id);
    }

    /** Answers false when it was gone already. Fails on a row that still has children. */
    public boolean delete(Connection connection, String id) throws SQLException {
        return Statements.execute(connection, "DELETE FROM securable WHERE id = ?", id) == 1;
    }

    /** Those that were dropped already, and are kept in case somebody wants them back. */
    public void deleteDroppedChildren(Connection connection, String parentId) throws SQLException {
        Statements.execute(
                connection, "DELETE FROM securable WHERE parent_id = ? AND kind = 'DROPPED_TABLE'", parentId);
    }

    public void deleteChildren(Connection connection, String parentId) throws SQLException {
        Statements.execute(connection, "DELETE FROM securable WHERE parent_id = ?", parentId);
    }

    public void deleteLog(Connection connection, String log) throws SQLException {
        // Children first: their parents are schemas, which stand in the same log.
        Statements.execute(connection, "DELETE FROM securable WHERE log = ? AND kind <> 'SCHEMA'", log);
        Statements.execute(connection, "DELETE FROM securable WHERE log = ?", log);
    }

    public void addGrant(Connection connection, String log, String securableId, String principal, Privilege privilege)
            throws SQLException {
        Statements.execute(
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
        Statements.execute(
                connection,
                "DELETE FROM grants WHERE securable_id = ? AND principal = ? AND privilege = ?",
                securableId,
                principal,
                privilege.name());
    }

    /** The full name without the catalog's; for a catalog its own, for the metastore the empty one. */
    public Optional<String> nameInCatalog(Connection connection, String id) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT t.kind, t.name, s.kind, s.name FROM securable t LEFT JOIN securable s ON s.id = t.parent_id"
                        + " WHERE t.id = ?")) {
            select.setString(1, id);
            try (ResultSet rows = select.executeQuery()) {
                if (!rows.next() || rows.getString(1).equals("DROPPED_TABLE")) return Optional.empty();
                if (rows.getString(1).equals("METASTORE")) return Optional.of("");
                boolean isInSchema = "SCHEMA".equals(rows.getString(3));
                return Optional.of(isInSchema ? rows.getString(4) + "." + rows.getString(2) : rows.getString(2));
            }
        }
    }

    public Grants grantsOn(Connection connection, String securableId) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT principal, privilege FROM grants WHERE securable_id = ?")) {
            select.setString(1, securableId);
            try (ResultSet rows = select.executeQuery()) {
                Grants grants = Grants.NONE;
                while (rows.next())
                    grants = grants.changed(rows.getString(1), Set.of(Privilege.valueOf(rows.getString(2))), Set.of());
                return grants;
            }
        }
    }

    /** Names of some things of a metastore on which something is granted to a principal. */
    public List<String> grantedTo(Connection connection, String rootLog, String principal, int limit)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT DISTINCT s.name FROM grants g JOIN securable s ON s.id = g.securable_id"
                        + " WHERE g.principal = ? AND (g.log = ?"
                        + " OR g.log IN (SELECT id FROM securable WHERE log = ? AND kind = 'CATALOG')) LIMIT ?")) {
            select.setString(1, principal);
            select.setString(2, rootLog);
            select.setString(3, rootLog);
            select.setInt(4, limit);
            try (ResultSet rows = select.executeQuery()) {
                List<String> names = new ArrayList<>();
                while (rows.next()) names.add(rows.getString(1));
                return names;
            }
        }
    }

    /**
     * The log of a root at one instant, in one statement: the rows, the grants, and the last sequence number. With the
     * first root come the other metastores.
     */
    public LogImage rootImage(Connection connection, String log) throws SQLException {
        String others = " UNION ALL SELECT 'hosted', id, name, '', '' FROM securable"
                + " WHERE kind = 'METASTORE' AND log <> '" + FIRST_ROOT_LOG + "'";
        return image(
                connection,
                SECURABLES
                        + " UNION ALL SELECT 'user', id, name, body, '' FROM users WHERE log = ?"
                        + " UNION ALL SELECT 'token', id, digest, body, '' FROM tokens WHERE log = ?"
                        + " UNION ALL SELECT 'group', id, name, body, '' FROM principal_groups WHERE log = ?"
                        + (log.equals(FIRST_ROOT_LOG) ? others : ""),
                log,
                log,
                log,
                log,
                log,
                log);
    }

    /** As above for a catalog. Of tables only who holds something on them, for there may be any number of them. */
    public LogImage image(Connection connection, String log) throws SQLException {
        return image(connection, SECURABLES + HOLDERS, log, log, log, log, log);
    }

    /**
     * Tables of a schema whose names follow each other, with their grants, in one statement.
     *
     * @param from the first name that may be among them
     * @param limit at most so many
     */
    public LogImage tables(Connection connection, String log, String schemaId, String from, int limit)
            throws SQLException {
        String range =
                " FROM securable WHERE parent_id = ? AND kind = 'TABLE' AND name >= ? ORDER BY name LIMIT " + limit;
        return image(
                connection,
                "SELECT 'last' AS part, log AS a, CAST(last AS TEXT) AS b, '' AS c, '' AS d FROM change_sequence WHERE log = ?"
                        + " UNION ALL SELECT * FROM (SELECT kind, id, name, body, parent_id" + range + ") t"
                        + " UNION ALL SELECT 'grant', securable_id, principal, privilege, '' FROM grants"
                        + " WHERE securable_id IN (SELECT id" + range + ")",
                log,
                schemaId,
                from,
                schemaId,
                from);
    }

    /** The tables of a schema that have one of these names, with their grants. */
    public LogImage tables(Connection connection, String schemaId, List<String> names) throws SQLException {
        String those = " FROM securable WHERE parent_id = ? AND kind = 'TABLE' AND name IN ("
                + String.join(", ", Collections.nCopies(names.size(), "?")) + ")";
        List<String> values = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            values.add(schemaId);
            values.addAll(names);
        }
        return image(
                connection,
                "SELECT kind, id, name, body, parent_id" + those
                        + " UNION ALL SELECT 'grant', securable_id, principal, privilege, '' FROM grants"
                        + " WHERE securable_id IN (SELECT id" + those + ")",
                values.toArray(String[]::new));
    }

    private static LogImage image(Connection connection, String sql, String... values) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            Statements.bind(select, values);
            try (ResultSet rows = select.executeQuery()) {
                return LogImage.read(rows);
            }
        }
    }

    /** The names of all tables of a catalog, each with its schema's. */
    public List<TableName> tableNames(Connection connection, String log, EntityName catalog) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT s.name, t.name FROM securable t JOIN securable s ON s.id = t.parent_id"
                        + " WHERE t.log = ? AND t.kind = 'TABLE'")) {
            select.setString(1, log);
            try (ResultSet rows = select.executeQuery()) {
                List<TableName> names = new ArrayList<>();
                while (rows.next()) names.add(TableName.of(catalog.value(), rows.getString(1), rows.getString(2)));
                return names;
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

    /** The table with that id, under the names that its schema and catalog have now. */
    public Optional<TableRecord> table(Connection connection, String id) throws SQLException {
        Optional<InSchema> row = inSchema(connection, id, SecurableType.TABLE);
        if (row.isEmpty()) return Optional.empty();
        return Optional.of(StoredJson.read(row.get().body(), TableRecord.class)
                .in(row.get().schema()));
    }

    /** The volume, function or model with that id, under the names that its schema and catalog have now. */
    public Optional<AssetRecord> asset(Connection connection, String id, SecurableType type) throws SQLException {
        Optional<InSchema> row = inSchema(connection, id, type);
        if (row.isEmpty()) return Optional.empty();
        return Optional.of(StoredJson.read(row.get().body(), AssetRecord.class)
                .in(row.get().schema()));
    }

    /** What of a type stands in the metastore itself. */
    public List<AssetRecord> assetsOf(Connection connection, String rootLog, SecurableType type) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT body FROM securable WHERE log = ? AND kind = ?")) {
            Statements.bind(select, rootLog, type.name());
            try (ResultSet rows = select.executeQuery()) {
                List<AssetRecord> found = new ArrayList<>();
                while (rows.next()) found.add(StoredJson.read(rows.getString(1), AssetRecord.class));
                return found;
            }
        }
    }

    private record InSchema(SchemaName schema, String body) {}

    private static Optional<InSchema> inSchema(Connection connection, String id, SecurableType type)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT c.name, s.name, t.body FROM securable t JOIN securable s ON s.id = t.parent_id"
                        + " JOIN securable c ON c.id = s.parent_id WHERE t.id = ? AND t.kind = ?")) {
            select.setString(1, id);
            select.setString(2, type.name());
            try (ResultSet rows = select.executeQuery()) {
                if (!rows.next()) return Optional.empty();
                return Optional.of(
                        new InSchema(SchemaName.of(rows.getString(1), rows.getString(2)), rows.getString(3)));
            }
        }
    }
}
