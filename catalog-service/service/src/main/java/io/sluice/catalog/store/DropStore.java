package io.sluice.catalog.store;

import io.sluice.catalog.record.DroppedTable;
import io.sluice.catalog.record.StoredJson;
import io.sluice.catalog.record.TableRecord;
import io.sluice.model.name.SchemaName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tables that were dropped and may come back, and folders that are to be emptied. */
public final class DropStore {
    private static final String DROPPED = "SELECT c.name, s.name, t.body, d.schema_id, d.dropped_at, d.dropped_by"
            + " FROM dropped_table d JOIN securable t ON t.id = d.id JOIN securable s ON s.id = t.parent_id"
            + " JOIN securable c ON c.id = s.parent_id WHERE ";

    /** Takes the table out of everybody's sight. Its name is free, and so is its folder if it was the user's own. */
    public void setAside(Connection connection, DroppedTable dropped) throws SQLException {
        TableRecord table = dropped.table();
        Statements.execute(
                connection,
                "UPDATE securable SET kind = 'DROPPED_TABLE', name = ? WHERE id = ? AND kind = 'TABLE'",
                table.id(),
                table.id());
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO dropped_table (id, schema_id, name, dropped_at, dropped_by) VALUES (?, ?, ?, ?, ?)")) {
            insert.setString(1, table.id());
            insert.setString(2, dropped.schemaId());
            insert.setString(3, table.name().table().value());
            insert.setLong(4, dropped.droppedAt());
            insert.setString(5, dropped.droppedBy());
            insert.executeUpdate();
        }
        if (table.tableType() == TableRecord.TableType.EXTERNAL)
            Statements.execute(connection, "DELETE FROM location WHERE securable_id = ?", table.id());
    }

    /** Answers false when it came back, or went for good, meanwhile. */
    public boolean restore(Connection connection, TableRecord table) throws SQLException {
        int found = Statements.execute(
                connection,
                "UPDATE securable SET kind = 'TABLE', name = ? WHERE id = ? AND kind = 'DROPPED_TABLE'",
                table.name().table().value(),
                table.id());
        Statements.execute(connection, "DELETE FROM dropped_table WHERE id = ?", table.id());
        return found == 1;
    }

    public Optional<DroppedTable> find(Connection connection, String id) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(DROPPED + "d.id = ?")) {
            select.setString(1, id);
            return read(select).stream().findFirst();
        }
    }

    /** Those of a schema, the last dropped first. */
    public List<DroppedTable> list(Connection connection, String schemaId) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement(DROPPED + "d.schema_id = ? ORDER BY d.dropped_at DESC, d.id")) {
            select.setString(1, schemaId);
            return read(select);
        }
    }

    public List<DroppedTable> droppedBefore(Connection connection, String rootLog, long time, int limit)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                DROPPED + "c.log = ? AND d.dropped_at < ? ORDER BY d.dropped_at LIMIT " + limit)) {
            select.setString(1, rootLog);
            select.setLong(2, time);
            return read(select);
        }
    }

    /** The folder that the catalog chose for a thing, if it chose it, is to be emptied after that time. */
    public void doom(Connection connection, String securableId, long deleteAfter) throws SQLException {
        doom(connection, "s.id = ?", securableId, deleteAfter);
    }

    public void doomAllIn(Connection connection, String schemaId, long deleteAfter) throws SQLException {
        doom(connection, "s.parent_id = ?", schemaId, deleteAfter);
    }

    public void doomAllOf(Connection connection, String log, long deleteAfter) throws SQLException {
        doom(connection, "s.log = ?", log, deleteAfter);
    }

    private static void doom(Connection connection, String which, String value, long deleteAfter) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO doomed_folder (path, delete_after) SELECT l.path, CAST(? AS BIGINT) FROM location l"
                        + " JOIN securable s ON s.id = l.securable_id"
                        + " WHERE l.path LIKE '%/__unitystorage/%' AND " + which
                        + " ON CONFLICT (path) DO NOTHING")) {
            insert.setLong(1, deleteAfter);
            insert.setString(2, value);
            insert.executeUpdate();
        }
    }

    public List<String> doomed(Connection connection, long now, int limit) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT path FROM doomed_folder WHERE delete_after <= ? ORDER BY delete_after LIMIT " + limit)) {
            select.setLong(1, now);
            try (ResultSet rows = select.executeQuery()) {
                List<String> paths = new ArrayList<>();
                while (rows.next()) paths.add(rows.getString(1));
                return paths;
            }
        }
    }

    public int forgetDoomed(Connection connection, String path) throws SQLException {
        return Statements.execute(connection, "DELETE FROM doomed_folder WHERE path = ?", path);
    }

    private static List<DroppedTable> read(PreparedStatement select) throws SQLException {
        try (ResultSet rows = select.executeQuery()) {
            List<DroppedTable> all = new ArrayList<>();
            while (rows.next())
                all.add(new DroppedTable(
                        StoredJson.read(rows.getString(3), TableRecord.class)
                                .in(SchemaName.of(rows.getString(1), rows.getString(2))),
                        rows.getString(4),
                        rows.getLong(5),
                        rows.getString(6)));
            return all;
        }
    }
}
