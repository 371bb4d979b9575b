package io.sluice.sharder.grpc;

import io.sluice.sharder.Assignment;
import io.sluice.sharder.AssignmentDiff;
import io.sluice.sharder.watch.Downstream;

/** How many bytes a message takes on the wire, for those who measure. */
public final class WireSize {
    private WireSize() {}

    public static int of(Assignment assignment) {
        return Wire.encode(new Downstream.Snapshot(assignment)).getSerializedSize();
    }

    public static int of(AssignmentDiff diff) {
        return Wire.encode(new Downstream.Difference(diff)).getSerializedSize();
    }
}
