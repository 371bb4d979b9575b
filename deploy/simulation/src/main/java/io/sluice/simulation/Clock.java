package io.sluice.simulation;

/** A machine's own clock: begins anywhere and runs a little fast or slow. */
record Clock(long offsetNanos, double rate) {
    long read(long trueNanos) {
        return offsetNanos + (long) (trueNanos * rate);
    }

    /** The first moment at which this clock shows at least {@code shownNanos}. */
    long when(long shownNanos) {
        if (shownNanos == Long.MAX_VALUE) return Long.MAX_VALUE;
        long at = (long) ((shownNanos - offsetNanos) / rate);
        while (read(at) < shownNanos) at++;
        return at;
    }
}
