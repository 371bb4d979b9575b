package io.sluice.sharder.loan;

import io.sluice.sharder.Resource;
import io.sluice.sharder.Slice;
import io.sluice.sharder.SliceKey;

/** What happens to a pod that borrows. */
public sealed interface BorrowerEvent {
    /** Somebody here would like to read the key from memory. */
    record Wanted(SliceKey key, Resource owner) implements BorrowerEvent {}

    /** This pod owns the slice itself from now on. What was lent of it must not come to life again when it has lost it. */
    record Taken(Slice slice) implements BorrowerEvent {}

    /** Answers {@link BorrowerAction.Ask} of that number. */
    record Answered(Resource lender, long ask, Borrow.Lent lent) implements BorrowerEvent {}

    record AskLost(Resource lender, long ask) implements BorrowerEvent {}

    /** A lender's write is over. */
    record Restored(Recall.Over over) implements BorrowerEvent {}
}
