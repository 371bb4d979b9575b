package io.sluice.simulation;

import io.sluice.sharder.Assignment;
import io.sluice.sharder.AssignmentDiff;
import io.sluice.sharder.watch.Downstream;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Room for a thousand pods in one process: what all of them would work out of the same map and the same difference is
 * worked out once, by the product's own code, and shared. Not for worlds in trouble, where each pod has to err on its
 * own.
 */
final class OneMemory {
    // A stream is behind by a message or two at most; what is older is held by nobody.
    private static final int MOST = 64;

    private final Map<AssignmentDiff, Step> steps = new IdentityHashMap<>();

    private record Step(Assignment from, Assignment to) {
        boolean beginsAt(Assignment held) {
            return from.generation().equals(held.generation()) && from.checksum() == held.checksum();
        }
    }

    /** The message, or the whole map that it leads to when others have been there already. */
    Downstream received(Downstream message, Assignment held) {
        if (!(message instanceof Downstream.Difference difference)) return message;
        Step known = steps.get(difference.diff());
        if (known != null) return known.beginsAt(held) ? new Downstream.Snapshot(known.to()) : message;
        Optional<Assignment> next = difference.diff().applyTo(held);
        if (next.isEmpty()) return message;
        if (steps.size() == MOST) steps.clear();
        steps.put(difference.diff(), new Step(held, next.get()));
        return new Downstream.Snapshot(next.get());
    }
}
