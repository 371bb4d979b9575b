package io.sluice.sharder.watch;

import io.sluice.sharder.Assignment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * Keeps one watch alive and follows the assignments it brings. A broken stream is opened again after a pause that
 * doubles up to a second, with jitter, so that a thousand pods do not return in step. No threads, no clock, no I/O.
 */
public final class WatchMachine {
    static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    // Well below the length of a lease: one failed attempt must not cost a pod its slices.
    static final long LONGEST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long NEVER = Long.MAX_VALUE;

    private final Follower follower = new Follower();
    private final RandomGenerator random;
    private State state = State.WAITING;
    private long connectAtNanos;
    private long pauseNanos = FIRST_PAUSE_NANOS;

    private enum State {
        WAITING,
        CONNECTING,
        CONNECTED
    }

    /** @param connectAtNanos when to connect first; never, if {@link #redirect} is to tell */
    public WatchMachine(RandomGenerator random, long connectAtNanos) {
        this.random = random;
        this.connectAtNanos = connectAtNanos;
    }

    public Assignment assignment() {
        return follower.current();
    }

    public boolean isConnected() {
        return state == State.CONNECTED;
    }

    public Decision on(WatchEvent event, long nowNanos) {
        Assignment before = assignment();
        List<WatchAction> actions = new ArrayList<>();
        if (event instanceof WatchEvent.Connected) actions.add(connected());
        else if (event instanceof WatchEvent.Received received) receive(received.message(), nowNanos);
        else broke(nowNanos);
        return adopted(before, actions, nowNanos);
    }

    /** The map has come by another way than the stream. */
    public Decision learnt(Assignment map, long nowNanos) {
        Assignment before = assignment();
        follower.learnt(map);
        return adopted(before, new ArrayList<>(), nowNanos);
    }

    private Decision adopted(Assignment before, List<WatchAction> actions, long nowNanos) {
        if (!before.generation().equals(assignment().generation()))
            actions.add(new WatchAction.Adopted(before, assignment()));
        return decide(actions, nowNanos);
    }

    /** Nothing happened, time went by. */
    public Decision advance(long nowNanos) {
        return decide(new ArrayList<>(), nowNanos);
    }

    /** The stream is silent though it should not be: open another. */
    public Decision abandon(long nowNanos) {
        List<WatchAction> actions = new ArrayList<>(List.of(new WatchAction.Disconnect()));
        broke(nowNanos);
        return decide(actions, nowNanos);
    }

    /** There is another place to connect to: do so at once. */
    public Decision redirect(long nowNanos) {
        boolean isOpen = state != State.WAITING;
        pauseNanos = FIRST_PAUSE_NANOS;
        if (isOpen) broke(nowNanos);
        connectAtNanos = nowNanos;
        return decide(new ArrayList<>(isOpen ? List.of(new WatchAction.Disconnect()) : List.of()), nowNanos);
    }

    /**
     * What to do now.
     *
     * @param wakeAtNanos when to call {@link #advance} at the latest
     */
    public record Decision(List<WatchAction> actions, long wakeAtNanos) {}

    private Decision decide(List<WatchAction> actions, long nowNanos) {
        if (state == State.WAITING && nowNanos >= connectAtNanos) {
            state = State.CONNECTING;
            actions.add(new WatchAction.Connect());
        }
        if (state == State.CONNECTED && follower.asksForSnapshot(nowNanos))
            actions.add(new WatchAction.Send(new Upstream.SnapshotWanted()));
        return new Decision(List.copyOf(actions), wakeAtNanos());
    }

    private long wakeAtNanos() {
        return switch (state) {
            case WAITING -> connectAtNanos;
            case CONNECTING -> NEVER;
            case CONNECTED -> follower.wakeAtNanos();
        };
    }

    private WatchAction connected() {
        state = State.CONNECTED;
        return new WatchAction.Send(
                new Upstream.Hello(assignment().generation(), assignment().checksum()));
    }

    private void receive(Downstream message, long nowNanos) {
        // Only a word from the other side proves the connection; a server that accepts and hangs up must not be
        // hammered without pause.
        pauseNanos = FIRST_PAUSE_NANOS;
        if (message instanceof Downstream.Snapshot snapshot) follower.received(snapshot);
        else if (message instanceof Downstream.Difference difference) follower.received(difference, nowNanos);
        else if (message instanceof Downstream.Answer answer) follower.shouldHold(answer.sent(), nowNanos);
    }

    private void broke(long nowNanos) {
        if (state == State.WAITING) return;
        state = State.WAITING;
        follower.found();
        connectAtNanos = nowNanos + pauseNanos / 2 + random.nextLong(pauseNanos / 2);
        pauseNanos = Math.min(pauseNanos * 2, LONGEST_PAUSE_NANOS);
    }
}
