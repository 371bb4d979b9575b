package io.sluice.sharder.assigner;

import io.sluice.sharder.Generation;
import io.sluice.sharder.Resource;
import io.sluice.sharder.Slice;
import io.sluice.sharder.Tenure;
import java.util.Optional;

/** A slice as the assigner sees it: its owner and, while a hand-over lasts, who has to let go first. */
record Seat(Slice slice, Resource owner, Generation since, Optional<Handover> handover) {
    /** @param takenBy the generation by which {@code former} lost the slice */
    record Handover(Resource former, Generation takenBy) {}

    Seat over(Slice part) {
        return new Seat(part, owner, since, handover);
    }

    Seat released() {
        return new Seat(slice, owner, since, Optional.empty());
    }

    /** Gives the slice to another pod. One that never got to hold it has nothing to release. */
    Seat movedTo(Resource next, Generation generation) {
        Handover from = handover.orElse(new Handover(owner, generation));
        boolean returns = from.former().equals(next);
        return new Seat(slice, next, generation, returns ? Optional.empty() : Optional.of(from));
    }

    Tenure tenure() {
        return new Tenure(slice, owner, since, handover.isEmpty() ? Tenure.Phase.HELD : Tenure.Phase.AWAITING_RELEASE);
    }
}
