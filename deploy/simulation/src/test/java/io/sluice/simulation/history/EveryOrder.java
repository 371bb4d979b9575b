package io.sluice.simulation.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The definition itself, taken at its word: tries every order of every subset. For a handful of operations. */
final class EveryOrder {
    private EveryOrder() {}

    static boolean hasOneThatMakesSense(List<Operation> left) {
        return canFollow(Action.NOTHING, left);
    }

    private static boolean canFollow(String value, List<Operation> left) {
        if (left.stream().allMatch(Operation::isUnknown)) return true;
        for (Operation next : left) {
            if (left.stream().anyMatch(other -> other.returned() < next.invoked())) continue;
            Optional<String> after = next.action().after(value);
            if (after.isEmpty()) continue;
            List<Operation> rest = new ArrayList<>(left);
            rest.remove(next);
            if (canFollow(after.get(), rest)) return true;
        }
        return false;
    }
}
