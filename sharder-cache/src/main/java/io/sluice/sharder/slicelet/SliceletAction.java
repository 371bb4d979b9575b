package io.sluice.sharder.slicelet;

import io.sluice.sharder.Generation;
import io.sluice.sharder.OwnershipChange;
import io.sluice.sharder.watch.Upstream;

/** What the driver of a slicelet must do, in the order given. */
public sealed interface SliceletAction {
    /** Open a stream to the assigner at this address. */
    record Connect(String assigner) implements SliceletAction {}

    record Disconnect() implements SliceletAction {}

    record Send(Upstream message) implements SliceletAction {}

    /** Renew the lease in the store. */
    record Renew(Generation known, boolean leaving) implements SliceletAction {}

    /** Read the map from the store: the assigner did not bring it. */
    record ReadMap() implements SliceletAction {}

    /** Take this pod off the roll. Nothing is owned any more. */
    record Leave() implements SliceletAction {}

    /**
     * Tell the listener. What is listed as removed may not be served from this moment on.
     *
     * @param asked to be told when what is coming is prepared for
     */
    record Notify(OwnershipChange change, Generation asked) implements SliceletAction {}

    /** This pod takes no part any more. */
    record Retired(Cause cause) implements SliceletAction {}

    /** Why a pod takes no part any more. */
    enum Cause {
        /** It said goodbye. */
        LEFT,
        /** Another process has taken its place. */
        SUPERSEDED
    }
}
