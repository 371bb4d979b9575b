package io.sluice.sharder.watch;

import io.sluice.sharder.Assignment;
import io.sluice.sharder.AssignmentDiff;
import io.sluice.sharder.Generation;

/** What a subscriber hears. */
public sealed interface Downstream {
    record Snapshot(Assignment assignment) implements Downstream {}

    record Difference(AssignmentDiff diff) implements Downstream {}

    /**
     * A heartbeat was heard.
     *
     * @param sent the newest generation that went down this stream before; a subscriber that holds less lost something
     */
    record Answer(long sequence, Generation sent) implements Downstream {}
}
