package io.sluice.sharder.kv;

import io.sluice.sharder.Assignment;
import io.sluice.sharder.Tenure;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Who owned a slice right before its owner of now. Certain or silent: an ownership began with one generation, and only
 * the map of the very generation before says whose the slice was until then. Whoever has not seen that map cannot know
 * whether another pod stood in between. Confined to one thread.
 */
public final class Lineage {
    private static final int REMEMBERED = 32;

    private final Deque<Assignment> seen = new ArrayDeque<>();

    /** Call with each assignment that comes by; the same one may come again. */
    public void observe(Assignment assignment) {
        Assignment last = seen.peekLast();
        if (last != null && last.generation().equals(assignment.generation())) return;
        seen.addLast(assignment);
        if (seen.size() > REMEMBERED) seen.removeFirst();
    }

    /** The ownerships that ended when this one began, each cut to their common part. Empty if they are not known. */
    public List<Tenure> before(Tenure tenure) {
        return seen.stream()
                .filter(a -> a.generation().next().equals(tenure.since()))
                .flatMap(a -> a.tenures().stream())
                .filter(former ->
                        !former.owner().equals(tenure.owner()) && former.hold().isServed())
                .flatMap(former ->
                        former.slice().intersect(tenure.slice()).stream().map(former::over))
                .toList();
    }
}
