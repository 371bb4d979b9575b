package io.sluice.simulation.history;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks for an order in which the operations on one register make sense.
 *
 * <p>The search is that of Wing and Gong as Lowe made it fast (Testing for linearizability, 2017). All calls and returns
 * stand in a list by time. Whatever was called before the first return may have happened first: one such call is taken,
 * it and its return are lifted out of the list, and the search goes on with the rest. When the first return of the list
 * is reached and its call could not be taken, the last choice was wrong: it is put back, and the next call is tried. A
 * set of operations that left the register in the same state is never explored twice. A call without a return may be
 * taken at any time, and need not be.
 */
final class Search {
    private final String key;
    private final List<Operation> operations;
    private final Entry head = new Entry(-1, false, Long.MIN_VALUE);
    private final BitSet taken = new BitSet();
    private final Set<Memo> seen = new HashSet<>();
    private final Deque<Choice> choices = new ArrayDeque<>();
    private int workLeft;
    private int returnsLeft;
    private String value = Action.NOTHING;
    private List<Operation> longest = List.of();
    private @Nullable Operation stuck;

    /** A call or a return, in a list that gives them up and takes them back. */
    private static final class Entry {
        final int operation;
        final boolean isCall;
        final long time;

        @Nullable
        Entry before;

        @Nullable
        Entry after;
        /** Of a call that has one. */
        @Nullable
        Entry itsReturn;

        Entry(int operation, boolean isCall, long time) {
            this.operation = operation;
            this.isCall = isCall;
            this.time = time;
        }

        void liftOut() {
            if (before != null) before.after = after;
            if (after != null) after.before = before;
        }

        void putBack() {
            if (before != null) before.after = this;
            if (after != null) after.before = this;
        }
    }

    private record Memo(BitSet taken, String value) {}

    private record Choice(Entry call, String valueBefore) {}

    Search(String key, List<Operation> operations, int work) {
        this.key = key;
        this.operations = operations;
        this.workLeft = work;
        link();
    }

    private void link() {
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < operations.size(); i++) {
            Operation operation = operations.get(i);
            Entry call = new Entry(i, true, operation.invoked());
            entries.add(call);
            if (operation.isUnknown()) continue;
            call.itsReturn = new Entry(i, false, operation.returned());
            entries.add(call.itsReturn);
            returnsLeft++;
        }
        // At one instant calls come first: what might overlap is taken to overlap.
        entries.sort(Comparator.<Entry>comparingLong(entry -> entry.time).thenComparing(entry -> !entry.isCall));
        Entry last = head;
        for (Entry entry : entries) {
            last.after = entry;
            entry.before = last;
            last = entry;
        }
    }

    Verdict run() {
        @Nullable Entry at = head.after;
        while (returnsLeft > 0) {
            if (workLeft-- == 0) return new Verdict.Undecided(key);
            if (at == null) throw new IllegalStateException("a return has left the list of " + key);
            if (at.isCall) at = take(at) ? head.after : at.after;
            else {
                remember(at);
                if (choices.isEmpty()) return violated();
                at = undo();
            }
        }
        return new Verdict.Linearizable();
    }

    private boolean take(Entry call) {
        Optional<String> next = operations.get(call.operation).action().after(value);
        if (next.isEmpty()) return false;
        taken.set(call.operation);
        if (!seen.add(new Memo((BitSet) taken.clone(), next.get()))) {
            taken.clear(call.operation);
            return false;
        }
        choices.push(new Choice(call, value));
        value = next.get();
        call.liftOut();
        if (call.itsReturn != null) {
            call.itsReturn.liftOut();
            returnsLeft--;
        }
        return true;
    }

    /** Answers where the search goes on. */
    private @Nullable Entry undo() {
        Choice last = choices.pop();
        taken.clear(last.call.operation);
        value = last.valueBefore;
        if (last.call.itsReturn != null) {
            last.call.itsReturn.putBack();
            returnsLeft++;
        }
        last.call.putBack();
        return last.call.after;
    }

    private void remember(Entry unplaced) {
        if (stuck != null && choices.size() <= longest.size()) return;
        stuck = operations.get(unplaced.operation);
        List<Operation> order = new ArrayList<>();
        choices.descendingIterator().forEachRemaining(choice -> order.add(operations.get(choice.call.operation)));
        longest = order;
    }

    private Verdict violated() {
        if (stuck == null) throw new IllegalStateException("nothing is in the way of " + key);
        return new Verdict.Violated(key, longest, stuck);
    }
}
