package io.sluice.sharder.loan;

import io.sluice.sharder.LeaseTerms;
import io.sluice.sharder.Resource;
import io.sluice.sharder.Slice;
import io.sluice.sharder.SliceKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Decides for a pod what it lends and when it may write. No threads, no clock, no I/O.
 *
 * <p>No loan outlives the lease of its lender, so whoever takes over from a dead owner finds none. After a planned
 * change of hands loans of the former owner may still last: until a lease has gone by, the first write of a slice recalls
 * it from every pod on the roll.
 */
public final class LenderMachine {
    private static final long NEVER = Long.MAX_VALUE;
    private static final long AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Resource self;
    private final LeaseTerms terms;
    private final Holding holding;
    private final Map<SliceKey, Map<Resource, Long>> loans = new HashMap<>();
    private final Map<SliceKey, Writing> writings = new HashMap<>();
    private final Map<Long, Taking> takings = new LinkedHashMap<>();
    private long lastNumber;

    /** What this pod owns. */
    @FunctionalInterface
    public interface Holding {
        /** How long this pod will own the key even if it hears from nobody; 0 or less if it does not own it. */
        long remainingNanos(SliceKey key);
    }

    public LenderMachine(Resource self, LeaseTerms terms, Holding holding) {
        this.self = self;
        this.terms = terms;
        this.holding = holding;
    }

    /** Recalls of one number that have not been answered. */
    private final class Recalls {
        final long number = ++lastNumber;
        final boolean isForFormerLives;
        final Slice slice;
        final Map<Resource, Long> untilNanos = new HashMap<>();
        final Map<Resource, Long> againAtNanos = new HashMap<>();
        final Map<Resource, Long> givenBack = new HashMap<>();

        Recalls(Slice slice, boolean isForFormerLives) {
            this.slice = slice;
            this.isForFormerLives = isForFormerLives;
        }

        void send(Resource borrower, long endNanos, List<LenderAction> actions) {
            untilNanos.put(borrower, endNanos);
            actions.add(new LenderAction.Send(recallOf(borrower)));
        }

        void givenBackBy(Resource borrower) {
            Long end = untilNanos.remove(borrower);
            if (end != null) givenBack.put(borrower, end);
        }

        Recall recallOf(Resource borrower) {
            return new Recall(self, borrower, number, slice, isForFormerLives);
        }

        void advance(long nowNanos, List<LenderAction> actions) {
            untilNanos.values().removeIf(end -> end <= nowNanos);
            againAtNanos.keySet().retainAll(untilNanos.keySet());
            againAtNanos.entrySet().removeIf(entry -> {
                if (entry.getValue() > nowNanos) return false;
                actions.add(new LenderAction.Send(recallOf(entry.getKey())));
                return true;
            });
        }

        boolean areDone() {
            return untilNanos.isEmpty();
        }

        long wakeAtNanos() {
            long end = untilNanos.values().stream().mapToLong(at -> at).min().orElse(NEVER);
            return Math.min(
                    end,
                    againAtNanos.values().stream().mapToLong(at -> at).min().orElse(NEVER));
        }
    }

    /** A key that is being written, by one writer or several. */
    private final class Writing {
        final Recalls recalls;
        final List<Long> waiting = new ArrayList<>();
        int writers;

        Writing(SliceKey key) {
            this.recalls = new Recalls(Slice.closed(key, key), false);
        }
    }

    /** A slice that came from another owner less than a lease ago. */
    private final class Taking {
        final Slice slice;
        final long endNanos;
        final Recalls recalls;
        boolean isAsking;
        boolean isClean;
        long askAgainAtNanos = NEVER;

        Taking(Slice slice, long endNanos) {
            this.slice = slice;
            this.endNanos = endNanos;
            this.recalls = new Recalls(slice, true);
        }
    }

    /** Loans for what this pod owns and nobody writes. Anything else is not lent. */
    public Borrow.Lent lend(Borrow asked, long nowNanos) {
        Set<SliceKey> lent = new HashSet<>();
        long forNanos = NEVER;
        for (SliceKey key : asked.keys()) {
            long remaining = holding.remainingNanos(key);
            if (remaining <= 0 || writings.containsKey(key)) continue;
            Map<Resource, Long> ofKey = loans.computeIfAbsent(key, k -> new HashMap<>());
            ofKey.values().removeIf(end -> end <= nowNanos);
            ofKey.merge(asked.borrower(), nowNanos + remaining, Math::max);
            lent.add(key);
            forNanos = Math.min(forNanos, remaining);
        }
        return lent.isEmpty() ? Borrow.Lent.NOTHING : new Borrow.Lent(lent, forNanos);
    }

    public LenderAction.Decision on(LenderEvent event, long nowNanos) {
        List<LenderAction> actions = new ArrayList<>();
        if (event instanceof LenderEvent.Taken taken) take(taken.slice(), nowNanos);
        else if (event instanceof LenderEvent.RollRead read) recall(read, actions);
        else if (event instanceof LenderEvent.RollLost lost) askAgain(lost.taking(), nowNanos + AGAIN_NANOS);
        else if (event instanceof LenderEvent.WriteBegins begins) begin(begins, nowNanos, actions);
        else if (event instanceof LenderEvent.WriteEnds ends) end(ends.key(), nowNanos, actions);
        else if (event instanceof LenderEvent.GivenBack back)
            recalls(back.number()).ifPresent(recalls -> recalls.givenBackBy(back.borrower()));
        else if (event instanceof LenderEvent.NotGivenBack not)
            recalls(not.recall().number())
                    .ifPresent(recalls -> recalls.againAtNanos.put(not.recall().borrower(), nowNanos + AGAIN_NANOS));
        return decide(actions, nowNanos);
    }

    /** Nothing happened, time went by. */
    public LenderAction.Decision advance(long nowNanos) {
        return decide(new ArrayList<>(), nowNanos);
    }

    private void take(Slice slice, long nowNanos) {
        // Once nothing of an earlier tenure can last, neither can what is remembered of it.
        loans.values().removeIf(ends -> ends.values().stream().allMatch(end -> end <= nowNanos));
        Taking taking = new Taking(slice, nowNanos + terms.grantedNanos());
        takings.put(taking.recalls.number, taking);
    }

    private void recall(LenderEvent.RollRead read, List<LenderAction> actions) {
        Taking taking = takings.get(read.taking());
        if (taking == null) return;
        taking.isClean = true;
        for (Resource pod : read.pods()) if (!pod.equals(self)) taking.recalls.send(pod, taking.endNanos, actions);
    }

    private void askAgain(long number, long atNanos) {
        Taking taking = takings.get(number);
        if (taking != null) taking.askAgainAtNanos = atNanos;
    }

    private void begin(LenderEvent.WriteBegins begins, long nowNanos, List<LenderAction> actions) {
        Writing writing = writings.get(begins.key());
        if (writing == null) {
            writing = new Writing(begins.key());
            writings.put(begins.key(), writing);
            recall(begins.key(), writing, nowNanos, actions);
        }
        askForTheRoll(begins.key(), actions);
        writing.writers++;
        writing.waiting.add(begins.write());
    }

    private void recall(SliceKey key, Writing writing, long nowNanos, List<LenderAction> actions) {
        Map<Resource, Long> lent = loans.remove(key);
        if (lent != null)
            lent.forEach((borrower, end) -> {
                if (end > nowNanos) writing.recalls.send(borrower, end, actions);
            });
    }

    private void askForTheRoll(SliceKey key, List<LenderAction> actions) {
        for (Taking taking : takings.values()) {
            if (!taking.slice.contains(key) || taking.isAsking) continue;
            taking.isAsking = true;
            actions.add(new LenderAction.ReadRoll(taking.recalls.number));
        }
    }

    private Optional<Recalls> recalls(long number) {
        Taking taking = takings.get(number);
        if (taking != null) return Optional.of(taking.recalls);
        return writings.values().stream()
                .map(writing -> writing.recalls)
                .filter(recalls -> recalls.number == number)
                .findFirst();
    }

    private void end(SliceKey key, long nowNanos, List<LenderAction> actions) {
        Writing writing = writings.get(key);
        if (writing == null || --writing.writers > 0) return;
        writings.remove(key);
        if (holding.remainingNanos(key) <= 0) return;
        Map<Resource, Long> restored = new HashMap<>(writing.recalls.givenBack);
        restored.values().removeIf(end -> end <= nowNanos);
        if (restored.isEmpty()) return;
        loans.put(key, restored);
        for (Resource borrower : restored.keySet())
            actions.add(new LenderAction.Restore(new Recall.Over(writing.recalls.recallOf(borrower), key)));
    }

    private LenderAction.Decision decide(List<LenderAction> actions, long nowNanos) {
        long wakeAtNanos = NEVER;
        takings.values().removeIf(taking -> taking.endNanos <= nowNanos);
        for (Taking taking : takings.values()) {
            taking.recalls.advance(nowNanos, actions);
            if (taking.askAgainAtNanos <= nowNanos) {
                taking.askAgainAtNanos = NEVER;
                actions.add(new LenderAction.ReadRoll(taking.recalls.number));
            }
            if (taking.isAsking)
                wakeAtNanos = Math.min(
                        Math.min(wakeAtNanos, taking.askAgainAtNanos),
                        Math.min(taking.endNanos, taking.recalls.wakeAtNanos()));
        }
        for (Map.Entry<SliceKey, Writing> entry : writings.entrySet()) {
            Writing writing = entry.getValue();
            writing.recalls.advance(nowNanos, actions);
            if (mayProceed(entry.getKey(), writing)) {
                for (long write : writing.waiting) actions.add(new LenderAction.Proceed(write));
                writing.waiting.clear();
            } else wakeAtNanos = Math.min(wakeAtNanos, writing.recalls.wakeAtNanos());
        }
        return new LenderAction.Decision(List.copyOf(actions), wakeAtNanos);
    }

    private boolean mayProceed(SliceKey key, Writing writing) {
        return writing.recalls.areDone()
                && takings.values().stream()
                        .allMatch(
                                taking -> !taking.slice.contains(key) || (taking.isClean && taking.recalls.areDone()));
    }
}
