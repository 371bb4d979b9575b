package io.sluice.catalog.store;

import io.sluice.catalog.record.GroupRecord;
import io.sluice.catalog.record.StoredJson;
import io.sluice.catalog.record.TokenRecord;
import io.sluice.catalog.record.UserRecord;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Who may call, in which groups, and with what. Read together with the rest of the root's log. */
public final class PrincipalStore {
    private final String rootLog;

    /** @param rootLog of the metastore whose people these are */
    public PrincipalStore(String rootLog) {
        this.rootLog = rootLog;
    }

    public void insertUser(Connection connection, UserRecord user) throws SQLException {
        Statements.execute(
                connection,
                "INSERT INTO users (id, log, name, body) VALUES (?, ?, ?, ?)",
                user.id(),
                rootLog,
                user.name(),
                StoredJson.write(user));
    }

    public void updateUser(Connection connection, UserRecord user) throws SQLException {
        Statements.execute(connection, "UPDATE users SET body = ? WHERE id = ?", StoredJson.write(user), user.id());
    }

    public void deleteUser(Connection connection, String id) throws SQLException {
        Statements.execute(connection, "DELETE FROM users WHERE id = ?", id);
    }

    /** All people, groups and tokens of the metastore. */
    public void deleteAll(Connection connection) throws SQLException {
        for (String table : List.of("tokens", "principal_groups", "users"))
            Statements.execute(connection, "DELETE FROM " + table + " WHERE log = ?", rootLog);
    }

    public void putGroup(Connection connection, GroupRecord group) throws SQLException {
        Statements.execute(
                connection,
                "INSERT INTO principal_groups (id, log, name, body) VALUES (?, ?, ?, ?)"
                        + " ON CONFLICT (id) DO UPDATE SET name = excluded.name, body = excluded.body",
                group.id(),
                rootLog,
                group.name(),
                StoredJson.write(group));
    }

    public void deleteGroup(Connection connection, String id) throws SQLException {
        Statements.execute(connection, "DELETE FROM principal_groups WHERE id = ?", id);
    }

    public void insertToken(Connection connection, TokenRecord token) throws SQLException {
        Statements.execute(
                connection,
                "INSERT INTO tokens (digest, log, id, body) VALUES (?, ?, ?, ?)",
                token.digest(),
                rootLog,
                token.id(),
                StoredJson.write(token));
    }

    public void deleteToken(Connection connection, String digest) throws SQLException {
        Statements.execute(connection, "DELETE FROM tokens WHERE digest = ?", digest);
    }

    /** Of tokens that are gone meanwhile, nothing is noted. */
    public int noteTokenUses(Connection connection, Map<String, Long> uses) throws SQLException {
        try (PreparedStatement upsert = connection.prepareStatement(
                "INSERT INTO token_use (token_id, used_at) SELECT id, ? FROM tokens WHERE id = ?"
                        + " ON CONFLICT (token_id) DO UPDATE SET used_at = excluded.used_at"
                        + " WHERE token_use.used_at < excluded.used_at")) {
            for (Map.Entry<String, Long> use : uses.entrySet()) {
                upsert.setLong(1, use.getValue());
                upsert.setString(2, use.getKey());
                upsert.addBatch();
            }
            return upsert.executeBatch().length;
        }
    }

    public Map<String, Long> tokenUses(Connection connection, List<TokenRecord> tokens) throws SQLException {
        Map<String, Long> uses = new HashMap<>();
        try (PreparedStatement select =
                connection.prepareStatement("SELECT used_at FROM token_use WHERE token_id = ?")) {
            for (TokenRecord token : tokens) {
                select.setString(1, token.id());
                try (ResultSet rows = select.executeQuery()) {
                    if (rows.next()) uses.put(token.id(), rows.getLong(1));
                }
            }
        }
        return uses;
    }
}
