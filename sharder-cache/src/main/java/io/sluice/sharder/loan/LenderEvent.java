package io.sluice.sharder.loan;

import io.sluice.sharder.Resource;
import io.sluice.sharder.Slice;
import io.sluice.sharder.SliceKey;
import java.util.List;

/** What happens to the pod that lends. */
public sealed interface LenderEvent {
    /** This pod has become the owner of a slice whose former owner may have lent keys. */
    record Taken(Slice slice) implements LenderEvent {}

    /** Answers {@link LenderAction.ReadRoll}. */
    record RollRead(long taking, List<Resource> pods) implements LenderEvent {}

    /** Answers it, too. */
    record RollLost(long taking) implements LenderEvent {}

    /** @param write chosen by the caller, to be named when the write may go on */
    record WriteBegins(SliceKey key, long write) implements LenderEvent {}

    record WriteEnds(SliceKey key) implements LenderEvent {}

    /** The borrower does not read any more what was recalled. */
    record GivenBack(Resource borrower, long number) implements LenderEvent {}

    /** The borrower did not answer, or would not say so. */
    record NotGivenBack(Recall recall) implements LenderEvent {}
}
