package io.sluice.sharder.slicelet;

import io.sluice.sharder.OwnershipChange;
import io.sluice.sharder.watch.Upstream;

/** What the driver of a slicelet must do, in the order given. */
public sealed interface SliceletAction {
    record Connect() implements SliceletAction {}

    record Disconnect() implements SliceletAction {}

    record Send(Upstream message) implements SliceletAction {}

    /** Tell the listener. What is listed as removed may not be served from this moment on. */
    record Notify(OwnershipChange change) implements SliceletAction {}

    /** This pod takes no part any more. */
    record Retired(Cause cause) implements SliceletAction {}

    /** Why a pod takes no part any more. */
    enum Cause {
        /** It said goodbye, and the assigner knows. */
        LEFT,
        /** Another process answers at its address. */
        SUPERSEDED
    }
}
