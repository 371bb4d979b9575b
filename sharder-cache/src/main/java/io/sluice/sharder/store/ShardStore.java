package io.sluice.sharder.store;

import io.sluice.sharder.Assignment;
import io.sluice.sharder.Generation;
import io.sluice.sharder.Resource;
import java.util.Optional;

/**
 * One target's leases, map and leadership, in a place that all pods reach. Each call is one transaction, and all of them
 * happen one after another. A call that throws {@link StoreLostException} may have happened, or may happen later.
 *
 * <p>Two promises carry the safety of the whole sharder. After a {@link #commit} that demands of a pod to know a
 * generation, no {@link #renew} of that pod succeeds with an older one. And a commit is refused when the map is not the
 * one it was computed from, whoever computed it.
 *
 * <p>Implementations are safe for use by many threads and give up on a call after about {@link #PATIENCE_SECONDS}.
 */
public interface ShardStore {
    /** Short enough for a second try within a lease. */
    int PATIENCE_SECONDS = 1;

    /**
     * Renews the lease of a pod, or enters it in the roll.
     *
     * @param known the generation of the map that the pod holds
     * @param leaving whether the pod wants its slices to be given to others
     */
    Renewal renew(Resource pod, Generation known, boolean leaving);

    /** Writes down that the pod serves nothing any more. It renews nothing after this. */
    void leave(Resource pod);

    /** Who is there, as an assigner needs to know. */
    Roll roll();

    /** The map in force; {@link Assignment#NONE} before the first one. */
    Assignment map();

    CommitOutcome commit(MapChange change);

    /** Takes off the roll a pod that owns nothing and has not been seen for long, unless it renewed meanwhile. */
    void forget(PodLease lease);

    /** Who may change the map; empty before the first one. */
    Optional<Leader> leader();

    /**
     * Makes {@code pod} the leader, in the place of {@code seen} and nobody else.
     *
     * @param address where the pod listens for slicelets
     * @return the new leader; empty if another was faster, or {@code seen} turns out to be alive
     */
    Optional<Leader> campaign(Resource pod, String address, Optional<Leader> seen);

    /** Shows that the leader lives; false when there is another by now. */
    boolean hold(Leader leader);

    /** Lets a successor begin at once. */
    void abdicate(Leader leader);

    /** While frozen, nothing is moved for the sake of balance; the slices of the dead are given to others all the same. */
    void freeze(boolean frozen);

    /**
     * Asks the pod to give its slices to others, or takes that wish back. The pod stays up and forwards. A process that
     * starts again in its place is wanted again. What leaves by itself goes on leaving.
     *
     * @return false if no pod of that name is on the roll
     */
    boolean drain(String podName, boolean drained);
}
