package io.sluice.sharder.store;

import io.sluice.sharder.Assignment;
import io.sluice.sharder.Generation;
import io.sluice.sharder.Resource;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** For a cluster that lives and ends in one process. */
public final class MemoryShardStore implements ShardStore {
    private final Map<String, Row> rows = new TreeMap<>();
    private final long firstIncarnation;
    private Assignment map = Assignment.NONE;
    private boolean frozen;
    private Optional<Leader> leader = Optional.empty();

    private record Row(Resource pod, long renewals, Generation known, Generation mustKnow, PodLease.Standing standing) {
        PodLease lease() {
            return new PodLease(pod, renewals, known, standing);
        }

        /** Whether it has not said itself that it goes. */
        boolean isStaying() {
            return standing == PodLease.Standing.SERVING || standing == PodLease.Standing.DRAINED;
        }

        Row with(PodLease.Standing other) {
            return new Row(pod, renewals, known, mustKnow, other);
        }

        Row renewed(Generation nowKnown, boolean leaving) {
            return new Row(pod, renewals + 1, nowKnown, mustKnow, leaving ? PodLease.Standing.LEAVING : standing);
        }
    }

    /** @param firstIncarnation of leaders; must grow from one process to the next where anything outlives it */
    public MemoryShardStore(long firstIncarnation) {
        this.firstIncarnation = firstIncarnation;
    }

    @Override
    public synchronized Renewal renew(Resource pod, Generation known, boolean leaving) {
        Row row = rows.get(pod.name());
        if (row != null && row.pod.incarnation() > pod.incarnation()) return new Renewal.Superseded();
        if (row == null || row.pod.incarnation() < pod.incarnation())
            row = new Row(pod, 0, known, map.generation(), PodLease.Standing.SERVING);
        boolean isCurrent = !known.isBefore(row.mustKnow) && row.standing != PodLease.Standing.LEFT;
        rows.put(pod.name(), isCurrent ? row.renewed(known, leaving) : row);
        return isCurrent ? new Renewal.Renewed(head()) : new Renewal.Withheld(row.mustKnow, head());
    }

    private Renewal.Head head() {
        return new Renewal.Head(
                map.generation(),
                leader.filter(l -> !l.hasAbdicated()).map(Leader::address),
                rows.values().stream().anyMatch(row -> row.standing == PodLease.Standing.SERVING));
    }

    @Override
    public synchronized void leave(Resource pod) {
        rows.computeIfPresent(
                pod.name(),
                (name, row) -> row.pod.equals(pod)
                        ? new Row(pod, row.renewals + 1, row.known, row.mustKnow, PodLease.Standing.LEFT)
                        : row);
    }

    @Override
    public synchronized Roll roll() {
        return new Roll(
                map.generation(), frozen, rows.values().stream().map(Row::lease).toList());
    }

    @Override
    public synchronized Assignment map() {
        return map;
    }

    @Override
    public synchronized CommitOutcome commit(MapChange change) {
        if (!map.generation().equals(change.base())) return new CommitOutcome.Outrun(map.generation());
        for (MapChange.Demand demand : change.demands())
            if (mayHaveRenewed(demand)) return new CommitOutcome.Alive(demand.pod());
        change.demands().forEach(demand -> demand(demand.pod(), change.next().generation()));
        map = change.next();
        return new CommitOutcome.Committed();
    }

    // Whoever is off the roll was dead for long; one whose place was taken may have renewed before that, unseen.
    private boolean mayHaveRenewed(MapChange.Demand demand) {
        Row row = rows.get(demand.pod().name());
        return row != null
                && demand.renewals().isPresent()
                && !(row.pod.equals(demand.pod())
                        && row.renewals == demand.renewals().getAsLong());
    }

    private void demand(Resource pod, Generation generation) {
        rows.computeIfPresent(
                pod.name(),
                (name, row) ->
                        row.pod.equals(pod) ? new Row(pod, row.renewals, row.known, generation, row.standing) : row);
    }

    @Override
    public synchronized void forget(PodLease lease) {
        rows.values().removeIf(row -> row.pod.equals(lease.pod()) && row.renewals == lease.renewals());
    }

    @Override
    public synchronized Optional<Leader> leader() {
        return leader;
    }

    @Override
    public synchronized Optional<Leader> campaign(Resource pod, String address, Optional<Leader> seen) {
        if (!leader.equals(seen)) return Optional.empty();
        long incarnation = leader.map(l -> l.incarnation() + 1).orElse(firstIncarnation);
        leader = Optional.of(new Leader(pod.name(), address, incarnation, 0));
        return leader;
    }

    @Override
    public synchronized boolean hold(Leader held) {
        return renewLeader(held, leader.map(Leader::renewals).orElse(0L) + 1);
    }

    @Override
    public synchronized void abdicate(Leader held) {
        renewLeader(held, Leader.ABDICATED);
    }

    private boolean renewLeader(Leader held, long renewals) {
        if (leader.filter(l -> l.incarnation() == held.incarnation()).isEmpty()) return false;
        leader = Optional.of(new Leader(held.name(), held.address(), held.incarnation(), renewals));
        return true;
    }

    @Override
    public synchronized void freeze(boolean wanted) {
        frozen = wanted;
    }

    @Override
    public synchronized boolean drain(String podName, boolean drained) {
        PodLease.Standing standing = drained ? PodLease.Standing.DRAINED : PodLease.Standing.SERVING;
        Row changed = rows.computeIfPresent(podName, (name, row) -> row.isStaying() ? row.with(standing) : row);
        return changed != null;
    }
}
