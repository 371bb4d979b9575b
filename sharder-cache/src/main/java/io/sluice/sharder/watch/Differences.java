package io.sluice.sharder.watch;

import io.sluice.sharder.Assignment;
import io.sluice.sharder.AssignmentDiff;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * The differences that lead to the newest map. Nearly all streams of a server want the very same one, so it is worked out
 * once for all of them. Confined to one thread.
 */
public final class Differences {
    // Streams that lag behind by so many maps, each by another number, are slow anyway.
    private static final int MOST = 16;

    private final Map<Assignment, AssignmentDiff> toNewest = new IdentityHashMap<>();
    private Assignment newest = Assignment.NONE;

    AssignmentDiff between(Assignment from, Assignment to) {
        if (newest != to || toNewest.size() == MOST) toNewest.clear();
        newest = to;
        return toNewest.computeIfAbsent(from, base -> AssignmentDiff.between(base, to));
    }
}
