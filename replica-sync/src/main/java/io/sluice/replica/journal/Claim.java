package io.sluice.replica.journal;

/**
 * The bytes {@code (from .. to]} that an attempt read from the source, counted from its beginning. Claims are amounts,
 * not whole attempts, so that the bytes of an attempt that is still reading can be booked without counting any twice.
 */
public record Claim(String attemptId, long from, long to) {
    public Claim {
        if (from < 0 || to < from) throw new IllegalArgumentException("claim " + from + " to " + to);
    }

    public long bytes() {
        return to - from;
    }
}
