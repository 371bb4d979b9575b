package io.sluice.sharder;

/** What ownership means for the slices of a target. */
public enum Consistency {
    /** The map alone says who serves. Two pods may for a moment both believe that they do. */
    AFFINITY,
    /** A pod serves only under a lease, so that no two ever do. */
    LINEARIZABLE
}
