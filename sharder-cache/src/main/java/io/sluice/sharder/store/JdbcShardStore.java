package io.sluice.sharder.store;

import com.google.protobuf.InvalidProtocolBufferException;
import io.sluice.sharder.Assignment;
import io.sluice.sharder.Generation;
import io.sluice.sharder.Resource;
import io.sluice.sharder.Target;
import io.sluice.sharder.codec.MapCodec;
import io.sluice.sharder.store.PodLease.Standing;
import io.sluice.sharder.store.Sql.Found;
import io.sluice.sharder.wire.SnapshotP;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * In SQLite or PostgreSQL, in the tables of {@code db/sharder}. Most calls are one statement, which is a transaction by
 * itself; a commit first takes the row of the map and so waits for whoever else is changing it.
 */
public final class JdbcShardStore implements ShardStore {
    private static final int RENEWED = 1;

    private final Sql sql;
    private final String target;
    private final Clock clock;

    /** @param connections of its own, so that busy writers of other things cannot keep a lease from being renewed */
    public JdbcShardStore(DataSource connections, Target target, Clock clock) {
        this.sql = new Sql(connections);
        this.target = target.name();
        this.clock = clock;
    }

    @Override
    public Renewal renew(Resource pod, Generation known, boolean leaving) {
        return sql.alone(call -> renew(call, pod, known, leaving));
    }

    private Renewal renew(Sql.Call call, Resource pod, Generation known, boolean leaving) throws SQLException {
        int changed = call.update(
                "UPDATE shard_pod SET renewals = renewals + 1, known = ?,"
                        + " standing = CASE WHEN ? = 1 THEN 'LEAVING' ELSE standing END"
                        + " WHERE target = ? AND name = ? AND incarnation = ? AND must_know <= ?"
                        + " AND standing <> 'LEFT'",
                known.toString(),
                leaving ? 1L : 0L,
                target,
                pod.name(),
                pod.incarnation(),
                known.toString());
        Entry entry = entry(call, pod.name());
        if (changed == RENEWED) return new Renewal.Renewed(entry.head());
        if (entry.incarnation() > pod.incarnation()) return new Renewal.Superseded();
        if (entry.incarnation() == pod.incarnation()) return new Renewal.Withheld(entry.mustKnow(), entry.head());
        enter(call, pod, known);
        return renew(call, pod, known, leaving);
    }

    // What a pod held in an earlier life, or before it was forgotten, may be another's: it starts from the map of now.
    private void enter(Sql.Call call, Resource pod, Generation known) throws SQLException {
        call.update(
                "DELETE FROM shard_pod WHERE target = ? AND name = ? AND incarnation < ?",
                target,
                pod.name(),
                pod.incarnation());
        call.update(
                "INSERT INTO shard_pod (target, name, address, incarnation, renewals, known, must_know, standing)"
                        + " VALUES (?, ?, ?, ?, 0, ?, COALESCE((SELECT generation FROM shard_map WHERE target = ?), ?),"
                        + " 'SERVING')",
                target,
                pod.name(),
                pod.address(),
                pod.incarnation(),
                known.toString(),
                target,
                Generation.ZERO.toString());
    }

    /** @param incarnation 0 if no pod of the name is on the roll */
    private record Entry(long incarnation, Generation mustKnow, Renewal.Head head) {}

    private Entry entry(Sql.Call call, String podName) throws SQLException {
        Found found = call.query(
                        "SELECT (SELECT incarnation FROM shard_pod WHERE target = ? AND name = ?),"
                                + " (SELECT must_know FROM shard_pod WHERE target = ? AND name = ?),"
                                + " (SELECT generation FROM shard_map WHERE target = ?),"
                                + " (SELECT address FROM shard_leader WHERE target = ? AND renewals >= 0),"
                                + " (SELECT COUNT(*) FROM shard_pod WHERE target = ? AND standing = 'SERVING')",
                        target,
                        podName,
                        target,
                        podName,
                        target,
                        target,
                        target)
                .get(0);
        return new Entry(
                found.number(0),
                found.text(1).map(Generation::parse).orElse(Generation.ZERO),
                new Renewal.Head(
                        found.text(2).map(Generation::parse).orElse(Generation.ZERO),
                        found.text(3),
                        found.number(4) > 0));
    }

    @Override
    public void leave(Resource pod) {
        sql.alone(call -> call.update(
                "UPDATE shard_pod SET standing = 'LEFT', renewals = renewals + 1"
                        + " WHERE target = ? AND name = ? AND incarnation = ?",
                target,
                pod.name(),
                pod.incarnation()));
    }

    @Override
    public Roll roll() {
        return sql.alone(call -> {
            // The leases first: a map that is newer than they are does no harm, an older one would seem to contradict.
            List<PodLease> leases = call
                    .query(
                            "SELECT name, address, incarnation, renewals, known, standing FROM shard_pod"
                                    + " WHERE target = ? ORDER BY name",
                            target)
                    .stream()
                    .map(JdbcShardStore::lease)
                    .toList();
            List<Found> map = call.query("SELECT generation, frozen FROM shard_map WHERE target = ?", target);
            if (map.isEmpty()) return new Roll(Generation.ZERO, false, leases);
            return new Roll(
                    Generation.parse(map.get(0).text(0).orElseThrow()),
                    map.get(0).number(1) == 1,
                    leases);
        });
    }

    private static PodLease lease(Found row) {
        return new PodLease(
                new Resource(row.text(0).orElseThrow(), row.text(1).orElseThrow(), row.number(2)),
                row.number(3),
                Generation.parse(row.text(4).orElseThrow()),
                Standing.valueOf(row.text(5).orElseThrow()));
    }

    @Override
    public Assignment map() {
        return sql.alone(call -> call.query("SELECT body FROM shard_map WHERE target = ?", target).stream()
                .findFirst()
                .flatMap(row -> row.text(0))
                .map(JdbcShardStore::read)
                .orElse(Assignment.NONE));
    }

    private static Assignment read(String body) {
        try {
            return body.isEmpty()
                    ? Assignment.NONE
                    : MapCodec.decode(SnapshotP.parseFrom(Base64.getDecoder().decode(body)));
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("the stored map is not readable", e);
        }
    }

    @Override
    public CommitOutcome commit(MapChange change) {
        return sql.together(call -> {
            enterMap(call);
            int changed = call.update(
                    "UPDATE shard_map SET generation = ?, body = ? WHERE target = ? AND generation = ?",
                    change.next().generation().toString(),
                    Base64.getEncoder()
                            .encodeToString(MapCodec.encode(change.next()).toByteArray()),
                    target,
                    change.base().toString());
            if (changed == 0) return new Sql.Ended<>(false, new CommitOutcome.Outrun(generation(call)));
            for (MapChange.Demand demand : change.demands())
                if (!demand(call, demand, change.next().generation()))
                    return new Sql.Ended<>(false, new CommitOutcome.Alive(demand.pod()));
            return new Sql.Ended<>(true, new CommitOutcome.Committed());
        });
    }

    private void enterMap(Sql.Call call) throws SQLException {
        call.update(
                "INSERT INTO shard_map (target, generation, frozen, body) VALUES (?, ?, 0, '')"
                        + " ON CONFLICT DO NOTHING",
                target,
                Generation.ZERO.toString());
    }

    private Generation generation(Sql.Call call) throws SQLException {
        return call.query("SELECT generation FROM shard_map WHERE target = ?", target)
                .get(0)
                .text(0)
                .map(Generation::parse)
                .orElseThrow();
    }

    private boolean demand(Sql.Call call, MapChange.Demand demand, Generation generation) throws SQLException {
        Resource pod = demand.pod();
        call.update(
                "UPDATE shard_pod SET must_know = ? WHERE target = ? AND name = ? AND incarnation = ?",
                generation.toString(),
                target,
                pod.name(),
                pod.incarnation());
        if (demand.renewals().isEmpty()) return true;
        // Read after the update, under its lock. Whoever is off the roll was dead for long; one whose place was taken
        // may
        // have renewed before that, unseen.
        return call
                .query("SELECT incarnation, renewals FROM shard_pod WHERE target = ? AND name = ?", target, pod.name())
                .stream()
                .allMatch(row -> row.number(0) == pod.incarnation()
                        && row.number(1) == demand.renewals().getAsLong());
    }

    @Override
    public void forget(PodLease lease) {
        sql.alone(call -> call.update(
                "DELETE FROM shard_pod WHERE target = ? AND name = ? AND incarnation = ? AND renewals = ?",
                target,
                lease.pod().name(),
                lease.pod().incarnation(),
                lease.renewals()));
    }

    @Override
    public Optional<Leader> leader() {
        return sql.alone(this::leader);
    }

    private Optional<Leader> leader(Sql.Call call) throws SQLException {
        return call
                .query("SELECT name, address, incarnation, renewals FROM shard_leader WHERE target = ?", target)
                .stream()
                .findFirst()
                .map(row ->
                        new Leader(row.text(0).orElseThrow(), row.text(1).orElseThrow(), row.number(2), row.number(3)));
    }

    @Override
    public Optional<Leader> campaign(Resource pod, String address, Optional<Leader> seen) {
        long incarnation =
                Math.max(clock.millis(), seen.map(Leader::incarnation).orElse(0L) + 1);
        return sql.alone(call -> {
            int changed = seen.isEmpty()
                    ? call.update(
                            "INSERT INTO shard_leader (target, name, address, incarnation, renewals)"
                                    + " VALUES (?, ?, ?, ?, 0) ON CONFLICT DO NOTHING",
                            target,
                            pod.name(),
                            address,
                            incarnation)
                    : call.update(
                            "UPDATE shard_leader SET name = ?, address = ?, incarnation = ?, renewals = 0"
                                    + " WHERE target = ? AND incarnation = ? AND renewals = ?",
                            pod.name(),
                            address,
                            incarnation,
                            target,
                            seen.get().incarnation(),
                            seen.get().renewals());
            return changed == 1 ? Optional.of(new Leader(pod.name(), address, incarnation, 0)) : Optional.empty();
        });
    }

    @Override
    public boolean hold(Leader leader) {
        return setRenewals(leader, "renewals + 1");
    }

    @Override
    public void abdicate(Leader leader) {
        setRenewals(leader, String.valueOf(Leader.ABDICATED));
    }

    private boolean setRenewals(Leader leader, String value) {
        return sql.alone(call -> call.update(
                        "UPDATE shard_leader SET renewals = " + value + " WHERE target = ? AND incarnation = ?",
                        target,
                        leader.incarnation()))
                == 1;
    }

    @Override
    public void freeze(boolean frozen) {
        sql.alone(call -> {
            enterMap(call);
            return call.update("UPDATE shard_map SET frozen = ? WHERE target = ?", frozen ? 1L : 0L, target);
        });
    }

    @Override
    public boolean drain(String podName, boolean drained) {
        return sql.alone(call -> call.update(
                        "UPDATE shard_pod SET standing ="
                                + " CASE WHEN standing IN ('SERVING', 'DRAINED') THEN ? ELSE standing END"
                                + " WHERE target = ? AND name = ?",
                        (drained ? Standing.DRAINED : Standing.SERVING).name(),
                        target,
                        podName))
                == 1;
    }
}
