package io.sluice.sharder.transfer;

/**
 * Bytes per second that all transfers to one pod may take together. What has been received is paid for by waiting, so
 * the rate is exceeded by no more than one chunk of each transfer. Confined to one thread.
 */
public final class ByteBudget {
    private final long bytesPerSecond;
    private long freeAtNanos = Long.MIN_VALUE;

    public ByteBudget(long bytesPerSecond) {
        if (bytesPerSecond < 1)
            throw new IllegalArgumentException("a budget of " + bytesPerSecond + " bytes per second moves nothing");
        this.bytesPerSecond = bytesPerSecond;
    }

    void spend(long bytes, long nowNanos) {
        freeAtNanos = Math.max(freeAtNanos, nowNanos) + Math.round(bytes * 1e9 / bytesPerSecond);
    }

    /** From when on more may be asked for. */
    long freeAtNanos() {
        return freeAtNanos;
    }
}
