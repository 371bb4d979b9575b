package io.sluice.sharder.assigner;

/** Whether pods may still hold leases from an assigner before this one. */
public enum Predecessors {
    /** Nobody can: assigner and pods begin together in one process. */
    NONE,
    /** Possibly. Nothing is assigned until the longest lease of a former assigner has surely run out. */
    MAY_HAVE_GRANTED_LEASES
}
