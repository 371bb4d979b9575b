package io.sluice.sharder.slicelet;

import io.sluice.sharder.Assignment;
import io.sluice.sharder.LeaseTerms;
import io.sluice.sharder.OwnershipChange;
import io.sluice.sharder.Resource;
import io.sluice.sharder.watch.Downstream;
import io.sluice.sharder.watch.Upstream;
import io.sluice.sharder.watch.WatchAction;
import io.sluice.sharder.watch.WatchEvent;
import io.sluice.sharder.watch.WatchMachine;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Decides for a serving pod: joins, keeps its lease, follows the assignments, leaves politely. No threads, no clock, no
 * I/O.
 *
 * <p>The lease is counted from the moment a heartbeat was <em>sent</em>, so that however long the answer takes, the pod
 * stops before the assigner may give its slices away. A newer assignment is confirmed by a heartbeat at once: that is
 * what releases the slices it takes, within a round trip instead of a lease.
 */
public final class SliceletMachine {
    // Answers that arrive later than this many heartbeats cannot prolong a lease of three renewals any more.
    private static final int REMEMBERED_HEARTBEATS = 8;
    private static final long NO_LEASE = Long.MIN_VALUE;
    private static final long NEVER = Long.MAX_VALUE;

    private final Resource self;
    private final LeaseTerms terms;
    private final WatchMachine watch;
    private final Map<Long, Long> sentAtNanos = new LinkedHashMap<>();
    private Stage stage = Stage.SERVING;
    private Holdings holdings;
    private long sequence;
    private long beatAtNanos = NEVER;
    private long heardAtNanos;

    private enum Stage {
        SERVING,
        LEAVING,
        RETIRED
    }

    public SliceletMachine(Resource self, LeaseTerms terms, RandomGenerator random, long nowNanos) {
        this.self = self;
        this.terms = terms;
        this.watch = new WatchMachine(random, nowNanos);
        this.holdings = new Holdings(Assignment.NONE, self, NO_LEASE);
    }

    /** What this pod may serve now. */
    public Holdings holdings() {
        return holdings;
    }

    public Decision on(WatchEvent event, long nowNanos) {
        List<SliceletAction> actions = new ArrayList<>();
        if (event instanceof WatchEvent.Received received) {
            heardAtNanos = nowNanos;
            hear(received.message(), actions);
        }
        carryOut(watch.on(event, nowNanos).actions(), actions, nowNanos);
        if (event instanceof WatchEvent.Connected) {
            heardAtNanos = nowNanos;
            beatAtNanos = nowNanos;
        }
        return decide(actions, nowNanos);
    }

    /** Nothing happened, time went by. */
    public Decision advance(long nowNanos) {
        return decide(new ArrayList<>(), nowNanos);
    }

    /** Lets go of everything at once and says so. */
    public Decision leave(long nowNanos) {
        List<SliceletAction> actions = new ArrayList<>();
        if (stage == Stage.SERVING) {
            release(actions);
            stage = Stage.LEAVING;
            beatAtNanos = nowNanos;
        }
        return decide(actions, nowNanos);
    }

    /**
     * What to do now.
     *
     * @param wakeAtNanos when to call {@link #advance} at the latest
     */
    public record Decision(List<SliceletAction> actions, long wakeAtNanos) {}

    private Decision decide(List<SliceletAction> actions, long nowNanos) {
        if (watch.isConnected() && stage != Stage.RETIRED) {
            if (nowNanos >= silentAtNanos()) carryOut(watch.abandon(nowNanos).actions(), actions, nowNanos);
            else if (nowNanos >= beatAtNanos) actions.add(new SliceletAction.Send(beat(nowNanos)));
        }
        WatchMachine.Decision watching = watch.advance(nowNanos);
        carryOut(watching.actions(), actions, nowNanos);
        return new Decision(List.copyOf(actions), Math.min(watching.wakeAtNanos(), ownWakeAtNanos()));
    }

    private long ownWakeAtNanos() {
        return watch.isConnected() && stage != Stage.RETIRED ? Math.min(beatAtNanos, silentAtNanos()) : NEVER;
    }

    // Every heartbeat is answered. No answer for as long as a lease lasts: the stream is dead, whatever TCP believes.
    private long silentAtNanos() {
        return heardAtNanos + terms.grantedNanos();
    }

    private Upstream beat(long nowNanos) {
        beatAtNanos = nowNanos + terms.renewalNanos();
        if (stage == Stage.LEAVING) return new Upstream.Goodbye(self);
        sentAtNanos.put(++sequence, nowNanos);
        if (sentAtNanos.size() > REMEMBERED_HEARTBEATS)
            sentAtNanos.remove(sentAtNanos.keySet().iterator().next());
        return new Upstream.Heartbeat(self, sequence, watch.assignment().generation());
    }

    private void hear(Downstream message, List<SliceletAction> actions) {
        if (message instanceof Downstream.Answer answer) renew(answer);
        else if (message instanceof Downstream.Dismissal dismissal) retire(dismissal.reason(), actions);
    }

    private void renew(Downstream.Answer answer) {
        Long sentAt = sentAtNanos.get(answer.sequence());
        if (stage != Stage.SERVING || sentAt == null || !answer.leaseRenewed()) return;
        long end = Math.max(holdings.leaseEndNanos(), sentAt + terms.heldNanos());
        holdings = new Holdings(holdings.assignment(), self, end);
    }

    private void retire(Downstream.Reason reason, List<SliceletAction> actions) {
        if (stage == Stage.RETIRED) return;
        if (stage == Stage.SERVING) release(actions);
        stage = Stage.RETIRED;
        actions.add(new SliceletAction.Retired(
                reason == Downstream.Reason.LEFT ? SliceletAction.Cause.LEFT : SliceletAction.Cause.SUPERSEDED));
    }

    private void carryOut(List<WatchAction> wanted, List<SliceletAction> actions, long nowNanos) {
        for (WatchAction action : wanted) {
            if (action instanceof WatchAction.Connect) actions.add(new SliceletAction.Connect());
            else if (action instanceof WatchAction.Disconnect) actions.add(new SliceletAction.Disconnect());
            else if (action instanceof WatchAction.Send send) actions.add(new SliceletAction.Send(send.message()));
            else if (action instanceof WatchAction.Adopted adopted) adopt(adopted, actions, nowNanos);
        }
    }

    private void adopt(WatchAction.Adopted adopted, List<SliceletAction> actions, long nowNanos) {
        holdings = new Holdings(adopted.after(), self, holdings.leaseEndNanos());
        if (stage != Stage.SERVING) return;
        notify(OwnershipChange.between(adopted.before(), adopted.after(), self), actions);
        beatAtNanos = nowNanos;
    }

    // The map is kept: a pod that leaves goes on forwarding.
    private void release(List<SliceletAction> actions) {
        notify(OwnershipChange.between(holdings.assignment(), Assignment.NONE, self), actions);
        holdings = new Holdings(holdings.assignment(), self, NO_LEASE);
    }

    private static void notify(OwnershipChange change, List<SliceletAction> actions) {
        if (!change.isEmpty()) actions.add(new SliceletAction.Notify(change));
    }
}
