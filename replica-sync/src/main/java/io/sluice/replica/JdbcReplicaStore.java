package io.sluice.replica;

import io.sluice.model.name.TableName;
import io.sluice.model.place.Lane;
import io.sluice.model.place.Region;
import io.sluice.model.work.AuditEntry;
import io.sluice.model.work.Territory;
import io.sluice.model.work.UnitOfWork;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;

/** Definitions in SQL, one text for SQLite and PostgreSQL. Tables: {@code db/replica}. */
public final class JdbcReplicaStore implements ReplicaStore {
    private static final String SELECT = "SELECT * FROM replica ";

    private final UnitOfWork work;

    public JdbcReplicaStore(UnitOfWork work) {
        this.work = work;
    }

    @Override
    public void add(Replica replica) {
        work.write(Territory.ROOT, transaction -> {
            Handle sql = Jdbi.open(transaction.connection());
            if (!insert(sql, replica)) throw conflict(sql, replica);
            transaction.audit(AuditEntry.done(
                    "sluice",
                    "replicas",
                    "createReplica",
                    Map.of(
                            "name", replica.name(),
                            "table", replica.sourceTable().toString(),
                            "target", replica.targetLocation().toString())));
            return true;
        });
    }

    @Override
    public Optional<Replica> find(String name) {
        return work.read(connection -> Jdbi.open(connection)
                .createQuery(SELECT + "WHERE name = :name")
                .bind("name", name)
                .map(JdbcReplicaStore::replica)
                .findOne());
    }

    @Override
    public List<Replica> list() {
        return work.read(connection -> Jdbi.open(connection)
                .createQuery(SELECT + "ORDER BY name")
                .map(JdbcReplicaStore::replica)
                .list());
    }

    @Override
    public List<Replica> ofTable(String sourceTableId) {
        return work.read(connection -> Jdbi.open(connection)
                .createQuery(SELECT + "WHERE source_table_id = :table ORDER BY name")
                .bind("table", sourceTableId)
                .map(JdbcReplicaStore::replica)
                .list());
    }

    @Override
    public boolean remove(String name) {
        return work.write(Territory.ROOT, transaction -> {
            int removed = Jdbi.open(transaction.connection())
                    .createUpdate("DELETE FROM replica WHERE name = :name")
                    .bind("name", name)
                    .execute();
            if (removed > 0)
                transaction.audit(AuditEntry.done("sluice", "replicas", "deleteReplica", Map.of("name", name)));
            return removed > 0;
        });
    }

    private static boolean insert(Handle sql, Replica replica) {
        int inserted = sql.createUpdate("INSERT INTO replica (replica_id, name, source_table, source_table_id,"
                        + " source_location, target_location, kind, producer, lane_from, lane_to, created_at) VALUES"
                        + " (:id, :name, :table, :tableId, :source, :target, :kind, :producer, :from, :to, :createdAt)"
                        + " ON CONFLICT DO NOTHING")
                .bind("id", replica.id())
                .bind("name", replica.name())
                .bind("table", replica.sourceTable().toString())
                .bind("tableId", replica.sourceTableId())
                .bind("source", replica.sourceLocation().toString())
                .bind("target", replica.targetLocation().toString())
                .bind("kind", replica.kind().wireName())
                .bind("producer", replica.producer())
                .bind("from", replica.lane().from().toString())
                .bind("to", replica.lane().to().toString())
                .bind("createdAt", replica.createdAt().toEpochMilli())
                .execute();
        return inserted == 1;
    }

    private static RuntimeException conflict(Handle sql, Replica replica) {
        return sql.createQuery("SELECT name FROM replica WHERE target_location = :target AND name <> :name")
                .bind("target", replica.targetLocation().toString())
                .bind("name", replica.name())
                .mapTo(String.class)
                .findOne()
                .map(holder -> ReplicaFailures.targetTaken(replica.targetLocation(), holder))
                .orElseGet(() -> ReplicaFailures.nameTaken(replica.name()));
    }

    private static Replica replica(ResultSet row, StatementContext context) throws SQLException {
        return new Replica(
                row.getString("replica_id"),
                row.getString("name"),
                TableName.parse(row.getString("source_table")),
                row.getString("source_table_id"),
                URI.create(row.getString("source_location")),
                URI.create(row.getString("target_location")),
                ReplicaKind.parse(row.getString("kind")),
                row.getString("producer"),
                new Lane(Region.parse(row.getString("lane_from")), Region.parse(row.getString("lane_to"))),
                Instant.ofEpochMilli(row.getLong("created_at")));
    }
}
