package io.sluice.sharder.balance;

/**
 * What is remembered of a pod's calls; fades with time. The latency is a <em>peak</em> EWMA, as in Finagle: it jumps up
 * with one slow call and comes down slowly, so that a pod in trouble is avoided at once.
 *
 * @param latencyNanos 0 while unknown
 */
record History(long atNanos, double latencyNanos, double calls, double failures, int failuresInARow) {
    static final History NONE = new History(0, 0, 0, 0, 0);

    History after(Outcome outcome, long tookNanos, long nowNanos, double memoryNanos) {
        double kept = kept(nowNanos, memoryNanos);
        boolean failed = outcome == Outcome.FAILED;
        return new History(
                Math.max(nowNanos, atNanos),
                failed ? Math.max(latencyNanos * kept, tookNanos) : latencyAfter(tookNanos, kept),
                calls * kept + 1,
                failures * kept + (failed ? 1 : 0),
                failed ? failuresInARow + 1 : 0);
    }

    /** A guess fades towards nothing, so that a pod that was slow is tried again. */
    double latencyAt(long nowNanos, double memoryNanos) {
        return latencyNanos * kept(nowNanos, memoryNanos);
    }

    boolean isLatencyKnown() {
        return latencyNanos > 0;
    }

    /** The past is forgiven: what counts is what the pod does from now on. */
    History forgiven() {
        return new History(atNanos, latencyNanos, 0, 0, 0);
    }

    // A quick failure must not look like a quick pod; a quick answer counts as much as the time that passed.
    private double latencyAfter(long tookNanos, double kept) {
        return tookNanos >= latencyNanos ? tookNanos : latencyNanos * kept + tookNanos * (1 - kept);
    }

    private double kept(long nowNanos, double memoryNanos) {
        return Math.exp(-Math.max(0, nowNanos - atNanos) / memoryNanos);
    }
}
