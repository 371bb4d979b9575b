package io.sluice.simulation.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Judges a history. A history is linearizable if and only if it is for each key alone (Herlihy and Wing), so each key
 * is searched by itself.
 */
public final class Judge {
    /** Ample for some hundred operations at once; a few seconds of search. */
    public static final int DEFAULT_WORK = 5_000_000;

    private final int work;

    /** @param work how many steps the search for one key may take before it is given up */
    public Judge(int work) {
        this.work = work;
    }

    public static Verdict judge(List<Operation> history) {
        return new Judge(DEFAULT_WORK).of(history);
    }

    /** The worst of all keys: a violation counts more than what could not be decided. */
    public Verdict of(List<Operation> history) {
        Map<String, List<Operation>> byKey =
                history.stream().collect(Collectors.groupingBy(Operation::key, TreeMap::new, Collectors.toList()));
        Verdict worst = new Verdict.Linearizable();
        for (Map.Entry<String, List<Operation>> one : byKey.entrySet()) {
            Verdict verdict = new Search(one.getKey(), thatMatter(one.getValue()), work).run();
            if (verdict instanceof Verdict.Violated) return verdict;
            if (verdict instanceof Verdict.Undecided) worst = verdict;
        }
        return worst;
    }

    /**
     * Without what may as well never have happened: reads without an answer, and writes without one whose value nobody
     * saw. Each of these left in would be possible at every later moment, and double the search.
     */
    private static List<Operation> thatMatter(List<Operation> history) {
        List<Operation> matter = new ArrayList<>();
        for (Operation operation : history)
            if (!operation.isUnknown() || isSeen(operation.action(), history)) matter.add(operation);
        return matter;
    }

    private static boolean isSeen(Action action, List<Operation> history) {
        if (action instanceof Action.Write write) return isSeen(write.value(), history);
        if (action instanceof Action.Swap swap) return isSeen(swap.value(), history);
        return false;
    }

    private static boolean isSeen(String value, List<Operation> history) {
        return history.stream()
                .map(Operation::action)
                .anyMatch(action -> action instanceof Action.Read read
                        ? read.seen().equals(value)
                        : action instanceof Action.Swap swap && swap.expected().equals(value));
    }
}
