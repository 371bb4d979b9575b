package io.sluice.sharder.watch;

import io.sluice.sharder.Assignment;
import io.sluice.sharder.Generation;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The sending end of one stream of assignments: a full snapshot first, then differences. It remembers what it sent last,
 * so a subscriber too slow for every generation simply gets a wider difference. Confined to one thread.
 */
public final class Feed {
    // A snapshot can weigh megabytes; a subscriber that keeps asking must not turn that into a flood. The wish is kept
    // and granted with the first message after the pause.
    static final long SNAPSHOT_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Differences differences;
    private Assignment sent = Assignment.NONE;
    private boolean snapshotDue = true;
    private long snapshotAllowedAtNanos = Long.MIN_VALUE;

    /** @param differences of the server, shared with its other streams */
    public Feed(Differences differences) {
        this.differences = differences;
    }

    /** A subscriber that already holds the current map, from an earlier stream, need not get it again. */
    public void greeted(Upstream.Hello hello, Assignment current) {
        if (hello.known().equals(current.generation()) && hello.knownChecksum() == current.checksum()) {
            sent = current;
            snapshotDue = current.isEmpty();
        }
    }

    public void snapshotWanted() {
        snapshotDue = true;
    }

    /** What to send so that the subscriber comes to hold {@code current}; empty if nothing. */
    public Optional<Downstream> next(Assignment current, long nowNanos) {
        if (current.isEmpty()) return Optional.empty();
        if (snapshotDue) return nowNanos < snapshotAllowedAtNanos ? Optional.empty() : snapshot(current, nowNanos);
        if (current.generation().equals(sent.generation())) return Optional.empty();
        Downstream difference = new Downstream.Difference(differences.between(sent, current));
        sent = current;
        return Optional.of(difference);
    }

    /** The generation that the subscriber holds if nothing was lost. */
    public Generation sentGeneration() {
        return sent.generation();
    }

    private Optional<Downstream> snapshot(Assignment current, long nowNanos) {
        sent = current;
        snapshotDue = false;
        snapshotAllowedAtNanos = nowNanos + SNAPSHOT_PAUSE_NANOS;
        return Optional.of(new Downstream.Snapshot(current));
    }
}
