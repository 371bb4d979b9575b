package io.sluice.replica.journal;

import io.sluice.model.usage.ByteCount;
import io.sluice.model.work.Territory;
import io.sluice.model.work.UnitOfWork;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;

/** The journal in SQL, one text for SQLite and PostgreSQL. Tables: {@code db/replica}. */
public final class JdbcSyncJournal implements SyncJournal {
    private static final String IS_LANDED = "state IN ('LANDED', 'DELIVERED')";

    private final UnitOfWork work;

    public JdbcSyncJournal(UnitOfWork work) {
        this.work = work;
    }

    @Override
    public void open(String attemptId, String replicaId, Instant startedAt) {
        write(
                "INSERT INTO replica_attempt (attempt_id, replica_id, started_at, wire_bytes, booked_bytes)"
                        + " VALUES (?, ?, ?, 0, 0)",
                attemptId,
                replicaId,
                startedAt.toEpochMilli());
    }

    @Override
    public void progress(String attemptId, long wireBytes, List<Move> moved) {
        work.write(Territory.ROOT, transaction -> {
            Handle sql = Jdbi.open(transaction.connection());
            sql.execute(
                    "UPDATE replica_attempt SET wire_bytes = ? WHERE attempt_id = ? AND wire_bytes < ?",
                    wireBytes,
                    attemptId,
                    wireBytes);
            if (moved.isEmpty()) return true;
            PreparedBatch rows = sql.prepareBatch("INSERT INTO replica_move (attempt_id, path, bytes, position)"
                    + " VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING");
            for (Move move : moved) rows.add(move.attemptId(), move.path(), move.bytes(), move.position());
            rows.execute();
            return true;
        });
    }

    @Override
    public OpenUsage openUsage(String replicaId) {
        return work.read(connection -> {
            Handle sql = Jdbi.open(connection);
            List<Claim> claims = sql.select(
                            "SELECT attempt_id, booked_bytes, wire_bytes FROM replica_attempt"
                                    + " WHERE replica_id = ? AND wire_bytes > booked_bytes ORDER BY attempt_id",
                            replicaId)
                    .map((row, context) -> new Claim(row.getString(1), row.getLong(2), row.getLong(3)))
                    .list();
            List<Move> moves = sql.select(
                            "SELECT m.attempt_id, m.path, m.bytes, m.position FROM replica_move m"
                                    + " JOIN replica_attempt a ON a.attempt_id = m.attempt_id"
                                    + " WHERE a.replica_id = ? AND m.position > a.booked_bytes",
                            replicaId)
                    .map((row, context) -> new Move(row.getString(1), row.getString(2), row.getLong(3), row.getLong(4)))
                    .list();
            return new OpenUsage(claims, moves);
        });
    }

    @Override
    public boolean prepare(UsageManifest manifest) {
        return work.write(Territory.ROOT, transaction -> {
            Handle sql = Jdbi.open(transaction.connection());
            if (!lockOpen(sql, manifest.claims())) return false;
            put(sql, manifest, ReceiptState.PREPARED);
            return true;
        });
    }

    @Override
    public boolean bookWaste(UsageManifest manifest) {
        return work.write(Territory.ROOT, transaction -> {
            Handle sql = Jdbi.open(transaction.connection());
            if (!lockOpen(sql, manifest.claims()) || hasPrepared(sql, manifest.replicaId())) return false;
            book(sql, manifest);
            return true;
        });
    }

    @Override
    public void landed(UsageManifest manifest) {
        work.write(Territory.ROOT, transaction -> {
            book(Jdbi.open(transaction.connection()), manifest);
            return true;
        });
    }

    @Override
    public void lost(String replicaId, long targetVersion) {
        write(
                "UPDATE replica_receipt SET state = 'LOST'"
                        + " WHERE replica_id = ? AND state = 'PREPARED' AND target_version <= ?",
                replicaId,
                targetVersion);
    }

    @Override
    public void delivered(String receiptId) {
        write("UPDATE replica_receipt SET state = 'DELIVERED' WHERE receipt_id = ? AND state = 'LANDED'", receiptId);
    }

    @Override
    public List<UsageManifest> receipts(String replicaId, ReceiptState state) {
        return work.read(connection -> Jdbi.open(connection)
                .select(
                        "SELECT body FROM replica_receipt WHERE replica_id = ? AND state = ? ORDER BY target_version",
                        replicaId,
                        state.name())
                .map((row, context) -> UsageManifest.parse(row.getString(1)))
                .list());
    }

    @Override
    public List<UsageManifest> recent(String replicaId, int limit) {
        return work.read(connection -> Jdbi.open(connection)
                .select(
                        "SELECT body FROM replica_receipt WHERE replica_id = ? AND " + IS_LANDED
                                + " AND target_version >= 0 ORDER BY target_version DESC LIMIT ?",
                        replicaId,
                        (long) limit)
                .map((row, context) -> UsageManifest.parse(row.getString(1)))
                .list());
    }

    @Override
    public Totals totals(String replicaId) {
        return work.read(connection -> Jdbi.open(connection)
                .select(
                        "SELECT COUNT(*), COALESCE(SUM(files), 0), COALESCE(SUM(wire_bytes), 0),"
                                + " COALESCE(SUM(logical_bytes), 0) FROM replica_receipt WHERE replica_id = ? AND "
                                + IS_LANDED,
                        replicaId)
                .map((row, context) -> new Totals(
                        row.getInt(1), row.getLong(2), ByteCount.of(row.getLong(3)), ByteCount.of(row.getLong(4))))
                .one());
    }

    /** Whether nobody has booked the claims; and nobody will before this transaction ends. */
    private static boolean lockOpen(Handle sql, List<Claim> claims) {
        for (Claim claim : claims) {
            int open = sql.execute(
                    "UPDATE replica_attempt SET booked_bytes = booked_bytes WHERE attempt_id = ? AND booked_bytes = ?",
                    claim.attemptId(),
                    claim.from());
            if (open == 0) return false;
        }
        return true;
    }

    private static boolean hasPrepared(Handle sql, String replicaId) {
        return sql.select(
                        "SELECT 1 FROM replica_receipt WHERE replica_id = ? AND state = 'PREPARED' LIMIT 1", replicaId)
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    private static void book(Handle sql, UsageManifest manifest) {
        if (!put(sql, manifest, ReceiptState.LANDED)) return;
        for (Claim claim : manifest.claims())
            sql.execute(
                    "UPDATE replica_attempt SET booked_bytes = ?, wire_bytes = CASE WHEN wire_bytes < ? THEN ?"
                            + " ELSE wire_bytes END WHERE attempt_id = ? AND booked_bytes < ?",
                    claim.to(),
                    claim.to(),
                    claim.to(),
                    claim.attemptId(),
                    claim.to());
    }

    /** Answers whether anything changed: a receipt that has landed keeps its state. */
    private static boolean put(Handle sql, UsageManifest manifest, ReceiptState state) {
        int changed = sql.createUpdate("INSERT INTO replica_receipt (receipt_id, replica_id, target_version, state,"
                        + " wire_bytes, logical_bytes, files, body) VALUES (:id, :replica, :version, :state, :wire,"
                        + " :logical, :files, :body) ON CONFLICT (receipt_id) DO UPDATE SET state = excluded.state"
                        + " WHERE replica_receipt.state NOT IN ('LANDED', 'DELIVERED')")
                .bind("id", manifest.receipt().id())
                .bind("replica", manifest.replicaId())
                .bind("version", manifest.targetVersion())
                .bind("state", state.name())
                .bind("wire", manifest.receipt().wire().bytes())
                .bind("logical", manifest.receipt().logical().bytes())
                .bind("files", (long) manifest.receipt().files())
                .bind("body", manifest.toJson().toString())
                .execute();
        return changed > 0;
    }

    private void write(String sql, Object... arguments) {
        work.write(Territory.ROOT, transaction -> {
            Jdbi.open(transaction.connection()).execute(sql, arguments);
            return true;
        });
    }
}
