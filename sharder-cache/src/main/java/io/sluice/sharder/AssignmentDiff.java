package io.sluice.sharder;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What changed between two assignments: the tenures of the newer one that the older one lacks. They cover together
 * exactly what vanished of the older one, so applying means to drop whatever they overlap.
 *
 * @param checksum of the whole map that must result
 */
public record AssignmentDiff(Generation base, Generation next, List<Tenure> changed, int checksum) {
    public AssignmentDiff {
        changed = List.copyOf(changed);
    }

    public static AssignmentDiff between(Assignment base, Assignment next) {
        return new AssignmentDiff(
                base.generation(),
                next.generation(),
                Turnover.between(base, next).come(),
                next.checksum());
    }

    /** The newer assignment; empty when a message was lost on the way and this difference does not fit. */
    public Optional<Assignment> applyTo(Assignment base) {
        if (!base.generation().equals(this.base)) return Optional.empty();
        List<Tenure> merged = merge(base.tenures());
        if (!Assignment.covers(merged)) return Optional.empty();
        Assignment result = new Assignment(next, merged);
        return result.checksum() == checksum ? Optional.of(result) : Optional.empty();
    }

    // Both lists are sorted by key; one walk over both keeps it linear.
    private List<Tenure> merge(List<Tenure> old) {
        List<Tenure> merged = new ArrayList<>(old.size() + changed.size());
        int at = 0;
        for (Tenure tenure : old) {
            while (at < changed.size() && startsNoLater(changed.get(at), tenure)) merged.add(changed.get(at++));
            boolean replaced = at > 0 && overlap(changed.get(at - 1), tenure);
            if (!replaced && at < changed.size()) replaced = overlap(changed.get(at), tenure);
            if (!replaced) merged.add(tenure);
        }
        merged.addAll(changed.subList(at, changed.size()));
        return merged;
    }

    private static boolean overlap(Tenure one, Tenure other) {
        return one.slice().overlaps(other.slice());
    }

    private static boolean startsNoLater(Tenure one, Tenure other) {
        return one.slice().low().compareTo(other.slice().low()) <= 0;
    }
}
