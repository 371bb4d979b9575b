package io.sluice.sharder.watch;

import io.sluice.sharder.Assignment;
import io.sluice.sharder.AssignmentDiff;
import io.sluice.sharder.Generation;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The receiving end of one stream of assignments. Never goes back to an older generation. When a message was lost it
 * wants exactly one full snapshot, and asks again only if that one does not arrive either.
 */
final class Follower {
    static final long ASK_AGAIN_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final long NOT_ASKED = Long.MAX_VALUE;

    private Assignment current = Assignment.NONE;
    private boolean lost;
    private long askAtNanos = NOT_ASKED;

    Assignment current() {
        return current;
    }

    void received(Downstream.Snapshot snapshot) {
        learnt(snapshot.assignment());
    }

    /** The whole map, wherever it came from. */
    void learnt(Assignment map) {
        found();
        if (current.generation().isBefore(map.generation())) current = map;
    }

    void received(Downstream.Difference difference, long nowNanos) {
        AssignmentDiff diff = difference.diff();
        if (!current.generation().isBefore(diff.next())) return;
        Optional<Assignment> next = diff.applyTo(current);
        if (next.isPresent()) current = next.get();
        else missed(nowNanos);
    }

    /** The sender says what it has sent so far. */
    void shouldHold(Generation sent, long nowNanos) {
        if (current.generation().isBefore(sent)) missed(nowNanos);
    }

    /** A new stream starts with a snapshot by itself. */
    void found() {
        lost = false;
        askAtNanos = NOT_ASKED;
    }

    /** True at most once per loss and pause: the caller must then ask. */
    boolean asksForSnapshot(long nowNanos) {
        if (!lost || nowNanos < askAtNanos) return false;
        askAtNanos = nowNanos + ASK_AGAIN_NANOS;
        return true;
    }

    long wakeAtNanos() {
        return askAtNanos;
    }

    private void missed(long nowNanos) {
        if (lost) return;
        lost = true;
        askAtNanos = nowNanos;
    }
}
