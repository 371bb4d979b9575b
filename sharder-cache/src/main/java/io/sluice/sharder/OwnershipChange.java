package io.sluice.sharder;

import java.util.ArrayList;
import java.util.List;

/**
 * What one pod gained and lost between two assignments. A change of borders alone is neither: whatever is held without
 * interruption appears in no list.
 *
 * @param coming what the pod is asked to prepare for, because it is to take it over from a pod that still serves it
 * @param isAwaited whether anything new waits for this pod to say that it knows of it
 */
public record OwnershipChange(List<Tenure> added, List<Tenure> removed, List<Tenure> coming, boolean isAwaited) {
    public OwnershipChange {
        added = List.copyOf(added);
        removed = List.copyOf(removed);
        coming = List.copyOf(coming);
    }

    public static OwnershipChange between(Assignment before, Assignment after, Resource pod) {
        // What both maps have is nobody's gain and nobody's loss.
        Turnover turnover = Turnover.between(before, after);
        List<Tenure> had = heldBy(turnover.gone(), pod);
        List<Tenure> has = heldBy(turnover.come(), pod);
        return new OwnershipChange(
                minus(has, had),
                minus(had, has),
                coming(before, turnover.come(), pod),
                isAwaited(turnover.come(), pod));
    }

    public boolean isEmpty() {
        return added.isEmpty() && removed.isEmpty() && coming.isEmpty();
    }

    // Each wish bears the generation that made it, so one that was heard before is not new.
    private static List<Tenure> coming(Assignment before, List<Tenure> come, Resource pod) {
        return come.stream()
                .filter(t -> t.hold() instanceof Hold.HandingOver handing
                        && handing.successor().equals(pod)
                        && before.generation().isBefore(handing.asked()))
                .toList();
    }

    private static boolean isAwaited(List<Tenure> come, Resource pod) {
        return come.stream().anyMatch(t -> t.hold().waitsFor(pod));
    }

    private static List<Tenure> heldBy(List<Tenure> tenures, Resource pod) {
        return tenures.stream().filter(t -> t.isHeldBy(pod)).toList();
    }

    private static List<Tenure> minus(List<Tenure> from, List<Tenure> taken) {
        List<Tenure> rest = new ArrayList<>();
        int first = 0;
        for (Tenure tenure : from) {
            while (first < taken.size() && endsBefore(taken.get(first).slice(), tenure.slice())) first++;
            rest.addAll(minus(tenure, taken.subList(first, taken.size())));
        }
        return rest;
    }

    private static boolean endsBefore(Slice one, Slice other) {
        return one.last().compareTo(other.low()) < 0;
    }

    // The parts of one tenure that no tenure of the same ownership covers. Both are sorted by key.
    private static List<Tenure> minus(Tenure tenure, List<Tenure> taken) {
        List<Tenure> rest = new ArrayList<>();
        Slice open = tenure.slice();
        for (Tenure other : taken) {
            if (!other.slice().overlaps(open)) break;
            if (!other.continues(tenure)) continue;
            if (open.low().compareTo(other.slice().low()) < 0)
                rest.add(tenure.over(Slice.of(open.low(), other.slice().low())));
            if (open.last().compareTo(other.slice().last()) <= 0) return rest;
            open = Slice.closed(other.slice().high().orElseThrow(), open.last());
        }
        rest.add(tenure.over(open));
        return rest;
    }
}
