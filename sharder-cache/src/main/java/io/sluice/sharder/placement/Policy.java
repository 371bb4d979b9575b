package io.sluice.sharder.placement;

/**
 * How placement weighs calm against balance.
 *
 * @param tolerance how far above its fair share a pod may be before load is moved off it, as a part of its capacity (or
 *     of the fair share, when that is larger); moving stops at half of it
 * @param churnPerMinute the part of all load that may be moved for balance within a minute; overload and health are exempt
 * @param overload the part of its capacity above which a pod is relieved at any cost
 * @param hotShare a key or replica above this part of a pod's fair share is handled on its own
 * @param fewestSlicesPerPod below, slices are split although nothing is hot
 * @param mostSlicesPerPod above, neighbours are merged
 * @param writeFanOut evictions per second that replicas of one slice may cost: it bounds how many replicas a slice that
 *     is written to can have
 * @param acrossZones the part of a round's balancing that may leave the zone
 * @param bytesWeight what moving all bytes costs, compared with moving all load
 */
public record Policy(
        double tolerance,
        double churnPerMinute,
        double overload,
        double hotShare,
        int fewestSlicesPerPod,
        int mostSlicesPerPod,
        double writeFanOut,
        double acrossZones,
        double bytesWeight) {
    /**
     * Tighter than Dicer's default tolerance of 0.10, as far as the churn allows. Seats of a fortieth of a fair share make the drift of a hot
     * key a small matter for each of its pods, which saves more moves than the replicas cost. The fan-out is where write storms begin to be felt in the WriteGuards
     * paper: 80 writes per second on one key.
     */
    public static final Policy DEFAULT = new Policy(0.06, 0.005, 0.9, 0.025, 16, 64, 80, 0.5, 0.5);

    /** Below this part of its capacity a pod is idle, and what is hot on it does not matter. */
    static final double IDLE = 0.1;

    /** What slices weigh all together when nothing is known of them, as a part of all capacity. */
    static final double RESERVE = 0.01;

    /** Replicas beyond the owner that a slice may have, by what each write costs then. */
    int mostReplicas(double writesPerSecond) {
        return (int) Math.min(Short.MAX_VALUE, writeFanOut / Math.max(writesPerSecond, 1e-9));
    }
}
