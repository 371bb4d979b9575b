package io.sluice.sharder.placement;

/** Whether a pod may be given slices. One that is on no list is dead. */
public enum Standing {
    SERVING,
    /** Still serves what it has, but has to hand it over. */
    LEAVING
}
