package io.sluice.catalog.store;

import io.sluice.catalog.record.StoredJson;
import io.sluice.model.work.AuditEntry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The rows of the audit log. */
public final class AuditRows {
    private static final String COLUMNS = "event_id, event_time, request_id, source_ip_address, user_agent,"
            + " user_identity, service_name, action_name, request_params, status_code, error_message";

    private AuditRows() {}

    public static List<AuditRow> newest(Connection connection, String rootLog, String metastoreId, int count)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT " + COLUMNS
                + " FROM audit_log WHERE log = ? ORDER BY event_time DESC, event_id DESC LIMIT ?")) {
            select.setString(1, rootLog);
            select.setInt(2, count);
            try (ResultSet rows = select.executeQuery()) {
                List<AuditRow> found = new ArrayList<>();
                while (rows.next()) found.add(AuditRow.of(row(rows), metastoreId));
                return found;
            }
        }
    }

    @SuppressWarnings("unchecked") // written as a map of strings
    private static AuditRow.Stored row(ResultSet rows) throws SQLException {
        return new AuditRow.Stored(
                rows.getString(1),
                Instant.ofEpochMilli(rows.getLong(2)),
                new Origin(rows.getString(3), rows.getString(4), rows.getString(5)),
                rows.getString(6),
                rows.getString(7),
                rows.getString(8),
                (Map<String, String>) StoredJson.read(rows.getString(9), Map.class),
                rows.getInt(10),
                rows.getString(11));
    }

    static void insert(Connection connection, String rootLog, List<AuditEvent> events) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO audit_log (" + COLUMNS + ", log) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            for (AuditEvent event : events) {
                fill(insert, rootLog, event);
                insert.executeUpdate();
            }
        }
    }

    private static void fill(PreparedStatement insert, String rootLog, AuditEvent event) throws SQLException {
        AuditEntry entry = event.entry();
        long at = event.at().toEpochMilli();
        insert.setString(1, EventIds.next(at).toString());
        insert.setLong(2, at);
        insert.setString(3, event.origin().requestId());
        insert.setString(4, event.origin().sourceIpAddress());
        insert.setString(5, event.origin().userAgent());
        insert.setString(6, entry.user());
        insert.setString(7, entry.service());
        insert.setString(8, entry.action());
        insert.setString(9, StoredJson.write(entry.parameters()));
        insert.setLong(10, entry.status());
        insert.setString(11, entry.error().orElse(null));
        insert.setString(12, rootLog);
    }
}
