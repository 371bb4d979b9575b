package io.sluice.catalog.store;

import io.sluice.catalog.record.Change;
import io.sluice.catalog.record.StoredJson;
import io.sluice.model.work.AuditEntry;
import io.sluice.model.work.Transaction;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** An open write. Lives as long as its transaction, on one thread. */
public final class SqlTransaction implements Transaction {
    private final Connection connection;
    private final String rootLog;
    private final Clock clock;
    private final Origin origin;
    private final List<Runnable> afterCommit = new ArrayList<>();
    private int auditRows;

    /** @param rootLog of the metastore whose audit log is written to */
    SqlTransaction(Connection connection, String rootLog, Clock clock, Origin origin) {
        this.connection = connection;
        this.rootLog = rootLog;
        this.clock = clock;
        this.origin = origin;
    }

    @Override
    public Connection connection() {
        return connection;
    }

    @Override
    public void afterCommit(Runnable action) {
        afterCommit.add(action);
    }

    @Override
    public void audit(AuditEntry entry) {
        try {
            AuditRows.insert(connection, rootLog, List.of(new AuditEvent(entry, origin, clock.instant())));
            auditRows++;
        } catch (SQLException e) {
            throw new SqlTrouble(e);
        }
    }

    /**
     * Appends changes to a log and answers the sequence number of the last one. The row of the sequence is updated
     * first, so that writers of one log wait for each other and the numbers have no gaps.
     */
    public long append(String log, List<Change> changes) throws SQLException {
        long last = advance(log, changes.size());
        long sequence = last - changes.size();
        long now = clock.millis();
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO change_log (log, sequence, changed_at, change) VALUES (?, ?, ?, ?)")) {
            for (Change change : changes) {
                insert.setString(1, log);
                insert.setLong(2, ++sequence);
                insert.setLong(3, now);
                insert.setString(4, StoredJson.write(change));
                insert.executeUpdate();
            }
        }
        return last;
    }

    /** Keeps other writers of the log waiting until this transaction ends. */
    public void lock(String log) throws SQLException {
        advance(log, 0);
    }

    private long advance(String log, int by) throws SQLException {
        try (PreparedStatement upsert =
                connection.prepareStatement("INSERT INTO change_sequence (log, last) VALUES (?, ?)"
                        + " ON CONFLICT (log) DO UPDATE SET last = change_sequence.last + excluded.last"
                        + " RETURNING last")) {
            upsert.setString(1, log);
            upsert.setLong(2, by);
            try (ResultSet rows = upsert.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }

    int auditRows() {
        return auditRows;
    }

    void runAfterCommit() {
        for (Runnable action : afterCommit) action.run();
    }
}
