package io.sluice.simulation.history;

import java.util.List;

/** What became of the search for an order in which everything makes sense. */
public sealed interface Verdict {
    /** There is one. */
    record Linearizable() implements Verdict {}

    /**
     * There is none.
     *
     * @param order the longest that made sense
     * @param stuck what had returned by then and fits nowhere
     */
    record Violated(String key, List<Operation> order, Operation stuck) implements Verdict {
        public Violated {
            order = List.copyOf(order);
        }

        @Override
        public String toString() {
            return "\"%s\" is not linearizable: %s fits nowhere after %s".formatted(key, stuck, order);
        }
    }

    /** The search was given up; more work may find either. */
    record Undecided(String key) implements Verdict {}
}
