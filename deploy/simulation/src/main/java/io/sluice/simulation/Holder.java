package io.sluice.simulation;

import io.sluice.sharder.Resource;
import io.sluice.sharder.SliceKey;
import io.sluice.sharder.slicelet.Holdings;

/** Whoever may own keys, as it is seen by a judge. */
interface Holder {
    Resource self();

    boolean isAlive();

    Holdings holdings();

    /** Whether it would serve the key now. */
    boolean owns(SliceKey key);
}
