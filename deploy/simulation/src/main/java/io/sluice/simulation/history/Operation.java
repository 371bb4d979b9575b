package io.sluice.simulation.history;

/**
 * One call of a client. Times are those of one clock for all clients.
 *
 * @param process whoever called; it did one thing after another
 * @param key of the register
 * @param returned {@link #UNKNOWN} if no answer came, or one that leaves open whether it was done: it may have happened
 *     at any time since, may still happen, or never
 */
public record Operation(long process, String key, Action action, long invoked, long returned) {
    public static final long UNKNOWN = Long.MAX_VALUE;

    public Operation {
        if (returned < invoked)
            throw new IllegalArgumentException("process " + process + " had its answer before it asked");
    }

    public boolean isUnknown() {
        return returned == UNKNOWN;
    }

    @Override
    public String toString() {
        String end = isUnknown() ? "?" : Long.toString(returned);
        return "%s..%s process %d: %s of \"%s\"".formatted(invoked, end, process, action, key);
    }
}
