package io.sluice.sharder.slicelet;

import io.sluice.sharder.LeaseTerms;

/** When to send the next heartbeat on a stream, and when its silence means that it is dead. */
final class Heartbeats {
    private final LeaseTerms terms;
    private long sequence;
    private long dueAtNanos;
    private long answeredNanos;

    Heartbeats(LeaseTerms terms) {
        this.terms = terms;
    }

    /** A stream was opened. */
    void begin(long nowNanos) {
        dueAtNanos = nowNanos;
        answeredNanos = nowNanos;
    }

    void dueAt(long nanos) {
        dueAtNanos = Math.min(dueAtNanos, nanos);
    }

    boolean areDue(long nowNanos) {
        return nowNanos >= dueAtNanos;
    }

    long next(long nowNanos) {
        dueAtNanos = nowNanos + terms.renewalNanos();
        return ++sequence;
    }

    void answered(long nowNanos) {
        answeredNanos = nowNanos;
    }

    // Every heartbeat is answered. No answer for as long as a lease lasts: the stream is dead, whatever TCP believes.
    boolean areUnanswered(long nowNanos) {
        return nowNanos >= silentAtNanos();
    }

    long wakeAtNanos() {
        return Math.min(dueAtNanos, silentAtNanos());
    }

    private long silentAtNanos() {
        return answeredNanos + terms.grantedNanos();
    }
}
