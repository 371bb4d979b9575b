package io.sluice.sharder.store;

import io.sluice.sharder.Generation;
import io.sluice.sharder.Resource;

/** What became of a change of the map. */
public sealed interface CommitOutcome {
    record Committed() implements CommitOutcome {}

    /** Somebody else changed the map; {@code actual} is in force. Nothing was written. */
    record Outrun(Generation actual) implements CommitOutcome {}

    /** The pod that was believed dead has renewed its lease. Nothing was written. */
    record Alive(Resource pod) implements CommitOutcome {}
}
