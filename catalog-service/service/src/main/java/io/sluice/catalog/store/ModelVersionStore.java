package io.sluice.catalog.store;

import io.sluice.catalog.record.ModelVersionRecord;
import io.sluice.catalog.record.StoredJson;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The versions of registered models. */
public final class ModelVersionStore {

    /** The highest number ever given to a living version; 0 when there is none. */
    public long last(Connection connection, String modelId) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT COALESCE(MAX(version), 0) FROM model_version WHERE model_id = ?")) {
            select.setString(1, modelId);
            try (ResultSet rows = select.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }

    public void insert(Connection connection, ModelVersionRecord record) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO model_version (model_id, version, revision, body) VALUES (?, ?, ?, ?)")) {
            insert.setString(1, record.modelId());
            insert.setLong(2, record.version());
            insert.setLong(3, record.revision());
            insert.setString(4, StoredJson.write(record));
            insert.executeUpdate();
        }
    }

    /** Answers false when the row is no longer at the revision before. */
    public boolean update(Connection connection, ModelVersionRecord next) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE model_version SET revision = ?, body = ? WHERE model_id = ? AND version = ? AND revision = ?")) {
            update.setLong(1, next.revision());
            update.setString(2, StoredJson.write(next));
            update.setString(3, next.modelId());
            update.setLong(4, next.version());
            update.setLong(5, next.revision() - 1);
            return update.executeUpdate() == 1;
        }
    }

    public void delete(Connection connection, ModelVersionRecord record) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM model_version WHERE model_id = ? AND version = ?")) {
            delete.setString(1, record.modelId());
            delete.setLong(2, record.version());
            delete.executeUpdate();
        }
    }

    public Optional<ModelVersionRecord> find(Connection connection, String modelId, long version) throws SQLException {
        return after(connection, modelId, version - 1, 1).stream()
                .filter(record -> record.version() == version)
                .findFirst();
    }

    /** In the order of their numbers. */
    public List<ModelVersionRecord> after(Connection connection, String modelId, long version, int limit)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT body FROM model_version WHERE model_id = ? AND version > ? ORDER BY version LIMIT ?")) {
            select.setString(1, modelId);
            select.setLong(2, version);
            select.setInt(3, limit);
            try (ResultSet rows = select.executeQuery()) {
                List<ModelVersionRecord> found = new ArrayList<>();
                while (rows.next()) found.add(StoredJson.read(rows.getString(1), ModelVersionRecord.class));
                return found;
            }
        }
    }
}
