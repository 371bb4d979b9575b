package io.sluice.sharder;

/**
 * A slice in the hands of a pod.
 *
 * @param since the generation that gave the slice to the pod; splits and merges keep it, so that an owner can tell a
 *     mere change of borders from an interruption
 */
public record Tenure(Slice slice, Resource owner, Generation since, Phase phase) {
    /** Whether the owner may serve yet. */
    public enum Phase {
        /** The owner may serve while its lease lasts. */
        HELD,
        /** Requests go to the owner already, but a former owner has not released the slice yet. */
        AWAITING_RELEASE
    }

    public boolean isHeldBy(Resource pod) {
        return phase == Phase.HELD && owner.equals(pod);
    }

    /** Whether both belong to one uninterrupted ownership. */
    public boolean continues(Tenure earlier) {
        return owner.equals(earlier.owner) && since.equals(earlier.since) && phase == earlier.phase;
    }

    public Tenure over(Slice part) {
        return new Tenure(part, owner, since, phase);
    }

    @Override
    public String toString() {
        return slice + " " + owner + (phase == Phase.HELD ? " since " : " awaited since ") + since;
    }
}
