package io.sluice.catalog.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** What was, which nobody needs for ever. Let go of in small steps, so that writers do not wait long. */
public final class HistoryStore {
    /** Those that somebody has not followed by then are made good by reading the whole log's rows. */
    public int forgetChanges(Connection connection, long before, int limit) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(
                "DELETE FROM change_log WHERE (log, sequence) IN (SELECT log, sequence FROM change_log"
                        + " WHERE changed_at < ? ORDER BY changed_at LIMIT " + limit + ")")) {
            delete.setLong(1, before);
            return delete.executeUpdate();
        }
    }

    public int forgetAudit(Connection connection, String rootLog, long before, int limit) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM audit_log WHERE event_id IN (SELECT event_id FROM audit_log"
                        + " WHERE log = ? AND event_time < ? ORDER BY event_time LIMIT " + limit + ")")) {
            delete.setString(1, rootLog);
            delete.setLong(2, before);
            return delete.executeUpdate();
        }
    }
}
