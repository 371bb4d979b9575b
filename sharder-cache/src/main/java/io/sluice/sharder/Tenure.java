package io.sluice.sharder;

import java.util.List;

/**
 * A slice in the hands of a pod.
 *
 * @param since the generation that gave the slice to the pod; splits and merges keep it, so that an owner can tell a
 *     mere change of borders from an interruption
 * @param replicas pods that may be asked to read beside the owner, because one cannot carry the load alone
 */
public record Tenure(Slice slice, Resource owner, Generation since, Hold hold, List<Resource> replicas) {
    public Tenure {
        replicas = List.copyOf(replicas);
    }

    public Tenure(Slice slice, Resource owner, Generation since, Hold hold) {
        this(slice, owner, since, hold, List.of());
    }

    public boolean isHeldBy(Resource pod) {
        return hold.isServed() && owner.equals(pod);
    }

    /** Whether both belong to one uninterrupted ownership. */
    public boolean continues(Tenure earlier) {
        return owner.equals(earlier.owner) && since.equals(earlier.since) && hold.isServed() == earlier.hold.isServed();
    }

    /** Whether both differ in nothing but their borders. */
    public boolean isLike(Tenure other) {
        return over(other.slice).equals(other);
    }

    public Tenure over(Slice part) {
        return new Tenure(part, owner, since, hold, replicas);
    }

    public Tenure with(Hold other) {
        return new Tenure(slice, owner, since, other, replicas);
    }

    public Tenure withReplicas(List<Resource> others) {
        return new Tenure(slice, owner, since, hold, others);
    }

    @Override
    public String toString() {
        String text = slice + " " + owner + (hold.isServed() ? " since " : " awaited since ") + since;
        if (hold instanceof Hold.HandingOver handing) text += " handing over to " + handing.successor();
        return replicas.isEmpty() ? text : text + " with " + replicas;
    }
}
