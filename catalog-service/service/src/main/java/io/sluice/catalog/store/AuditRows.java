package io.sluice.catalog.store;

import io.sluice.catalog.record.StoredJson;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads the audit log; it is written by {@link SqlTransaction#audit}. */
public final class AuditRows {
    private AuditRows() {}

    public static List<AuditRow> newest(Connection connection, int count) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT event_id, event_time, request_id, user_identity, service_name, action_name, request_params,"
                        + " status_code FROM audit_log ORDER BY event_time DESC, event_id LIMIT ?")) {
            select.setInt(1, count);
            try (ResultSet rows = select.executeQuery()) {
                List<AuditRow> found = new ArrayList<>();
                while (rows.next()) found.add(row(rows));
                return found;
            }
        }
    }

    @SuppressWarnings("unchecked") // written as a map of strings
    private static AuditRow row(ResultSet rows) throws SQLException {
        return new AuditRow(
                rows.getString(1),
                rows.getLong(2),
                rows.getString(3),
                rows.getString(4),
                rows.getString(5),
                rows.getString(6),
                (Map<String, String>) StoredJson.read(rows.getString(7), Map.class),
                rows.getInt(8));
    }
}
