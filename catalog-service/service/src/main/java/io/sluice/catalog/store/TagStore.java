package io.sluice.catalog.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.SortedMap;
import java.util.TreeMap;

/** Tags of securables and of columns of tables. A thing's own tags have the empty column. */
public final class TagStore {
    /** By key. */
    public SortedMap<String, String> of(Connection connection, String securableId, String column) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT tag_key, tag_value FROM tag WHERE securable_id = ? AND column_name = ?")) {
            select.setString(1, securableId);
            select.setString(2, column);
            try (ResultSet rows = select.executeQuery()) {
                SortedMap<String, String> tags = new TreeMap<>();
                while (rows.next()) tags.put(rows.getString(1), rows.getString(2));
                return tags;
            }
        }
    }

    /** Fails on a tag that is there already. */
    public void insert(Connection connection, String securableId, String column, String key, String value)
            throws SQLException {
        Statements.execute(
                connection,
                "INSERT INTO tag (tag_value, securable_id, column_name, tag_key) VALUES (?, ?, ?, ?)",
                value,
                securableId,
                column,
                key);
    }

    /** Answers whether there was such a tag. */
    public boolean update(Connection connection, String securableId, String column, String key, String value)
            throws SQLException {
        return Statements.execute(
                        connection,
                        "UPDATE tag SET tag_value = ? WHERE securable_id = ? AND column_name = ? AND tag_key = ?",
                        value,
                        securableId,
                        column,
                        key)
                == 1;
    }

    /** Answers whether there was such a tag. */
    public boolean delete(Connection connection, String securableId, String column, String key) throws SQLException {
        return Statements.execute(
                        connection,
                        "DELETE FROM tag WHERE securable_id = ? AND column_name = ? AND tag_key = ?",
                        securableId,
                        column,
                        key)
                == 1;
    }
}
