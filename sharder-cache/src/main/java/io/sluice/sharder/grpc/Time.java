package io.sluice.sharder.grpc;

/** The time by which leases are measured, and the means to be woken. Tests step it by hand. */
interface Time {
    /** Nanoseconds since some moment of this process; never negative, never goes back. Allocates nothing. */
    long nanos();

    /** Runs the task once, not before {@code atNanos}, on a thread of the time's own. It must be short. */
    void wakeAt(long atNanos, Runnable task);

    /** The clock of this machine. One thread serves the whole process. */
    static Time system() {
        return SystemTime.INSTANCE;
    }
}
