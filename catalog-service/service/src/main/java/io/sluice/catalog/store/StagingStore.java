package io.sluice.catalog.store;

import io.sluice.catalog.record.StagingRecord;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** The places that were given out for tables to come. */
public final class StagingStore {
    private static final String COLUMNS = "id, schema_id, name, location, creator, created_at";

    public void insert(Connection connection, StagingRecord record) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO staging_table (" + COLUMNS + ", is_consumed) VALUES (?, ?, ?, ?, ?, ?, 0)")) {
            insert.setString(1, record.id());
            insert.setString(2, record.schemaId());
            insert.setString(3, record.name());
            insert.setString(4, record.location());
            insert.setString(5, record.creator());
            insert.setLong(6, record.createdAt());
            insert.executeUpdate();
        }
    }

    /** Only while no table was made of it. */
    public Optional<StagingRecord> findOpen(Connection connection, String id) throws SQLException {
        return find(connection, "id", id);
    }

    public Optional<StagingRecord> findOpenAt(Connection connection, String location) throws SQLException {
        return find(connection, "location", location);
    }

    private static Optional<StagingRecord> find(Connection connection, String column, String value)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT " + COLUMNS + " FROM staging_table WHERE " + column + " = ? AND is_consumed = 0")) {
            select.setString(1, value);
            try (ResultSet rows = select.executeQuery()) {
                if (!rows.next()) return Optional.empty();
                return Optional.of(new StagingRecord(
                        rows.getString(1),
                        rows.getString(2),
                        rows.getString(3),
                        rows.getString(4),
                        rows.getString(5),
                        rows.getLong(6)));
            }
        }
    }

    /** Answers false when a table was made of it already. */
    public boolean consume(Connection connection, String id) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE staging_table SET is_consumed = 1 WHERE id = ? AND is_consumed = 0")) {
            update.setString(1, id);
            return update.executeUpdate() == 1;
        }
    }
}
