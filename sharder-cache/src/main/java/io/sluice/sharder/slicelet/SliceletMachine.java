package io.sluice.sharder.slicelet;

import io.sluice.sharder.Assignment;
import io.sluice.sharder.Consistency;
import io.sluice.sharder.Generation;
import io.sluice.sharder.Hold;
import io.sluice.sharder.LeaseTerms;
import io.sluice.sharder.OwnershipChange;
import io.sluice.sharder.Resource;
import io.sluice.sharder.store.Renewal;
import io.sluice.sharder.watch.Downstream;
import io.sluice.sharder.watch.Upstream;
import io.sluice.sharder.watch.WatchAction;
import io.sluice.sharder.watch.WatchEvent;
import io.sluice.sharder.watch.WatchMachine;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * Decides for a serving pod: joins, keeps its lease, follows the assignments, leaves politely. No threads, no clock, no
 * I/O.
 *
 * <p>The lease stands in the store, so the pod serves on while no assigner lives. It is counted from the moment a renewal
 * was <em>sent</em>: however long the answer takes, the pod stops before its slices may be given away. Maps come down the
 * assigner's stream within milliseconds; when the store tells of one that did not come, the pod reads it there. A map
 * that waits for this pod is confirmed at once, because that is what releases the slices it takes.
 */
public final class SliceletMachine {
    private static final long NO_LEASE = Long.MIN_VALUE;
    private static final long NEVER = Long.MAX_VALUE;
    /** After a renewal that failed, or that has something to wait for. */
    private static final long SOON_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Resource self;
    private final LeaseTerms terms;
    private final Consistency consistency;
    private final WatchMachine watch;
    private final Heartbeats heartbeats;
    private final TreeSet<Generation> unprepared = new TreeSet<>();
    private Stage stage = Stage.SERVING;
    private Holdings holdings;
    private Optional<String> assigner = Optional.empty();
    private Generation inForce = Generation.ZERO;
    private boolean isReadingMap;
    private boolean isRenewing;
    private long renewAtNanos;
    private long renewalSentNanos;

    private enum Stage {
        SERVING,
        /** Serves on until others have what it holds. */
        DRAINING,
        LEAVING,
        RETIRED
    }

    public SliceletMachine(
            Resource self, LeaseTerms terms, Consistency consistency, RandomGenerator random, long nowNanos) {
        this.self = self;
        this.terms = terms;
        this.consistency = consistency;
        this.watch = new WatchMachine(random, NEVER);
        this.heartbeats = new Heartbeats(terms);
        this.holdings = new Holdings(Assignment.NONE, self, NO_LEASE);
        this.renewAtNanos = nowNanos;
    }

    /** What this pod may serve now. */
    public Holdings holdings() {
        return holdings;
    }

    public Decision on(SliceletEvent event, long nowNanos) {
        List<SliceletAction> actions = new ArrayList<>();
        if (event instanceof SliceletEvent.Watched watched) hear(watched.event(), actions, nowNanos);
        else if (event instanceof SliceletEvent.RenewalAnswered answered) hear(answered.renewal(), actions, nowNanos);
        else if (event instanceof SliceletEvent.RenewalLost) renewed(nowNanos + SOON_NANOS);
        else if (event instanceof SliceletEvent.MapRead read) learn(read.map(), actions, nowNanos);
        else if (event instanceof SliceletEvent.MapLost) isReadingMap = false;
        else if (event instanceof SliceletEvent.Gone) retire(SliceletAction.Cause.LEFT, actions, nowNanos);
        else if (event instanceof SliceletEvent.Prepared prepared) prepared(prepared.asked(), nowNanos);
        return decide(actions, nowNanos);
    }

    /** Nothing happened, time went by. */
    public Decision advance(long nowNanos) {
        return decide(new ArrayList<>(), nowNanos);
    }

    /** Asks for its slices to be given to others, and leaves when they are. */
    public Decision drain(long nowNanos) {
        if (stage == Stage.SERVING) {
            stage = Stage.DRAINING;
            renewAtNanos = nowNanos;
        }
        return decide(new ArrayList<>(), nowNanos);
    }

    /** Lets go of everything at once and says so. */
    public Decision leave(long nowNanos) {
        List<SliceletAction> actions = new ArrayList<>();
        if (stage == Stage.SERVING || stage == Stage.DRAINING) leave(actions);
        return decide(actions, nowNanos);
    }

    /**
     * What to do now.
     *
     * @param wakeAtNanos when to call {@link #advance} at the latest
     */
    public record Decision(List<SliceletAction> actions, long wakeAtNanos) {}

    private Decision decide(List<SliceletAction> actions, long nowNanos) {
        if (stage == Stage.DRAINING && holdsNothing()) leave(actions);
        renew(actions, nowNanos);
        if (watch.isConnected() && takesPart()) beat(actions, nowNanos);
        long watchAtNanos = watch(actions, nowNanos);
        return new Decision(List.copyOf(actions), Math.min(watchAtNanos, ownWakeAtNanos()));
    }

    private long ownWakeAtNanos() {
        if (!takesPart()) return NEVER;
        return Math.min(isRenewing ? NEVER : renewAtNanos, watch.isConnected() ? heartbeats.wakeAtNanos() : NEVER);
    }

    private long watch(List<SliceletAction> actions, long nowNanos) {
        WatchMachine.Decision watching = watch.advance(nowNanos);
        carryOut(watching.actions(), actions, nowNanos);
        return watching.wakeAtNanos();
    }

    private void beat(List<SliceletAction> actions, long nowNanos) {
        if (heartbeats.areUnanswered(nowNanos)) carryOut(watch.abandon(nowNanos).actions(), actions, nowNanos);
        else if (heartbeats.areDue(nowNanos)) actions.add(beat(nowNanos));
    }

    private boolean takesPart() {
        return stage == Stage.SERVING || stage == Stage.DRAINING;
    }

    private void renew(List<SliceletAction> actions, long nowNanos) {
        if (!takesPart() || isRenewing || nowNanos < renewAtNanos) return;
        isRenewing = true;
        renewalSentNanos = nowNanos;
        actions.add(new SliceletAction.Renew(known(), stage == Stage.DRAINING));
    }

    private void renewed(long againAtNanos) {
        isRenewing = false;
        renewAtNanos = againAtNanos;
    }

    private Generation known() {
        return watch.assignment().generation();
    }

    private void hear(Renewal renewal, List<SliceletAction> actions, long nowNanos) {
        if (renewal instanceof Renewal.Renewed granted) {
            boolean isAlone = granted.head().assigner().isEmpty();
            renewed(isAlone ? nowNanos + SOON_NANOS : Math.max(nowNanos, renewalSentNanos + terms.renewalNanos()));
            if (takesPart()) hold(Math.max(holdings.leaseEndNanos(), renewalSentNanos + terms.heldNanos()));
            hear(granted.head(), watch.isConnected(), actions, nowNanos);
            if (stage == Stage.DRAINING && !granted.head().isAnyoneServing()) leave(actions);
        } else if (renewal instanceof Renewal.Withheld withheld) {
            renewed(nowNanos + SOON_NANOS);
            hear(withheld.head(), false, actions, nowNanos);
        } else retire(SliceletAction.Cause.SUPERSEDED, actions, nowNanos);
    }

    private void hold(long leaseEndNanos) {
        holdings = new Holdings(holdings.assignment(), self, leaseEndNanos);
    }

    /** @param streamMayBringIt whether a map that we have not seen yet is worth waiting for, once */
    private void hear(Renewal.Head head, boolean streamMayBringIt, List<SliceletAction> actions, long nowNanos) {
        boolean isOverdue = !streamMayBringIt || !inForce.isBefore(head.map());
        inForce = head.map();
        if (known().isBefore(inForce) && isOverdue && !isReadingMap) {
            isReadingMap = true;
            actions.add(new SliceletAction.ReadMap());
        }
        if (head.assigner().isPresent() && !head.assigner().equals(assigner)) {
            assigner = head.assigner();
            carryOut(watch.redirect(nowNanos).actions(), actions, nowNanos);
        }
    }

    private void learn(Assignment map, List<SliceletAction> actions, long nowNanos) {
        isReadingMap = false;
        carryOut(watch.learnt(map, nowNanos).actions(), actions, nowNanos);
    }

    private void prepared(Generation asked, long nowNanos) {
        if (unprepared.remove(asked)) heartbeats.dueAt(nowNanos);
    }

    private SliceletAction beat(long nowNanos) {
        Generation oldest = unprepared.isEmpty() ? Generation.ZERO : unprepared.first();
        return new SliceletAction.Send(new Upstream.Heartbeat(self, heartbeats.next(nowNanos), known(), oldest));
    }

    private void hear(WatchEvent event, List<SliceletAction> actions, long nowNanos) {
        if (event instanceof WatchEvent.Connected) heartbeats.begin(nowNanos);
        if (event instanceof WatchEvent.Received received && received.message() instanceof Downstream.Answer)
            heartbeats.answered(nowNanos);
        carryOut(watch.on(event, nowNanos).actions(), actions, nowNanos);
    }

    private void carryOut(List<WatchAction> wanted, List<SliceletAction> actions, long nowNanos) {
        for (WatchAction action : wanted) {
            if (action instanceof WatchAction.Connect) actions.add(new SliceletAction.Connect(assigner.orElseThrow()));
            else if (action instanceof WatchAction.Disconnect) actions.add(new SliceletAction.Disconnect());
            else if (action instanceof WatchAction.Send send) actions.add(new SliceletAction.Send(send.message()));
            else if (action instanceof WatchAction.Adopted adopted) adopt(adopted, actions, nowNanos);
        }
    }

    private void adopt(WatchAction.Adopted adopted, List<SliceletAction> actions, long nowNanos) {
        boolean needsNoLease = consistency == Consistency.AFFINITY && takesPart();
        holdings = new Holdings(adopted.after(), self, needsNoLease ? NEVER : holdings.leaseEndNanos());
        if (!takesPart()) return;
        OwnershipChange change = OwnershipChange.between(adopted.before(), adopted.after(), self);
        if (!change.coming().isEmpty()) unprepared.add(adopted.after().generation());
        notify(change, adopted.after().generation(), actions);
        // With many pods most maps concern few of them: the others say with their next heartbeat what they hold.
        if (change.isAwaited() || !change.isEmpty()) heartbeats.dueAt(nowNanos);
        // Where the stream is broken, only the store can tell the assigner that we have let go.
        if (!change.removed().isEmpty() || !watch.isConnected()) renewAtNanos = nowNanos;
    }

    private boolean holdsNothing() {
        Assignment map = holdings.assignment();
        return map.tenures().stream().noneMatch(t -> t.owner().equals(self) && !(t.hold() instanceof Hold.Awaiting));
    }

    private void leave(List<SliceletAction> actions) {
        release(actions);
        stage = Stage.LEAVING;
        if (watch.isConnected()) actions.add(new SliceletAction.Send(new Upstream.Goodbye(self)));
        actions.add(new SliceletAction.Leave());
    }

    private void retire(SliceletAction.Cause cause, List<SliceletAction> actions, long nowNanos) {
        renewed(nowNanos);
        if (stage == Stage.RETIRED) return;
        if (takesPart()) release(actions);
        stage = Stage.RETIRED;
        actions.add(new SliceletAction.Retired(cause));
    }

    // The map is kept: a pod that leaves goes on forwarding.
    private void release(List<SliceletAction> actions) {
        notify(OwnershipChange.between(holdings.assignment(), Assignment.NONE, self), known(), actions);
        hold(NO_LEASE);
    }

    private static void notify(OwnershipChange change, Generation asked, List<SliceletAction> actions) {
        if (!change.isEmpty()) actions.add(new SliceletAction.Notify(change, asked));
    }
}
