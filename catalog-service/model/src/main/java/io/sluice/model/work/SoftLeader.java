package io.sluice.model.work;

/**
 * Where work that nobody asked for is done once in a cluster: at the pod that owns the territory. Soft, because two pods
 * may both think so for a moment when it changes hands: what they do must bear being done twice, and what must not goes
 * through {@link UnitOfWork}, which asks again inside the transaction.
 */
@FunctionalInterface
public interface SoftLeader {
    /** Whether this pod is the one, as far as it knows now. Answers from memory. */
    boolean leads(Territory territory);
}
