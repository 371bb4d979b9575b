package io.sluice.sharder.loan;

import io.sluice.sharder.LeaseTerms;
import io.sluice.sharder.Resource;
import io.sluice.sharder.Slice;
import io.sluice.sharder.SliceKey;
import io.sluice.sharder.loan.Loans.Loan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides for a pod what it may read of others' keys. No threads, no clock, no I/O.
 *
 * <p>A loan is counted from the moment it was <em>asked for</em>, and shortened by the bound on the clocks' rates. What is
 * recalled while an answer is on its way is not taken from that answer: the lender may have recalled what it had just
 * lent. And nothing is read after the pod's own lease has ended, for then it need not be on the roll any more, by which a
 * new owner finds those who may hold loans.
 */
public final class BorrowerMachine {
    private static final long NEVER = Long.MAX_VALUE;
    private static final long SOON_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    /** What nobody reads for so long is not asked for again. */
    private static final long INTEREST_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final Resource self;
    private final LeaseTerms terms;
    private final LongSupplier numbers;
    private final LongSupplier leaseNanos;
    private final Map<SliceKey, Interest> interests = new HashMap<>();
    private final Map<Resource, Lender> lenders = new HashMap<>();
    private Loans loans = Loans.NONE;
    private long lastAsk;
    /** When this pod was seen on the roll first. */
    private long joinedNanos = NEVER;

    /**
     * @param numbers of new loans, never the same twice
     * @param leaseNanos how long the pod's own lease lasts from now; 0 or less if it has none
     */
    public BorrowerMachine(Resource self, LeaseTerms terms, LongSupplier numbers, LongSupplier leaseNanos) {
        this.self = self;
        this.terms = terms;
        this.numbers = numbers;
        this.leaseNanos = leaseNanos;
    }

    private static final class Interest {
        final Resource lender;
        long untilNanos;

        @Nullable
        Loan loan;
        /** The loan that was given back, and to which recall. */
        @Nullable
        Loan recalled;

        @Nullable
        Recall recall;

        Interest(Resource lender) {
            this.lender = lender;
        }

        boolean isLent(long nowNanos) {
            return loan != null && nowNanos < loan.endNanos();
        }
    }

    private static final class Lender {
        long askAtNanos;

        @Nullable
        Asked asked;
    }

    /** @param voided what was recalled since */
    private record Asked(long ask, long sentNanos, Set<SliceKey> keys, Set<SliceKey> voided) {}

    /** What may be read while the pod's own lease lasts. */
    public Loans loans() {
        return loans;
    }

    public BorrowerAction.Decision on(BorrowerEvent event, long nowNanos) {
        if (event instanceof BorrowerEvent.Wanted wanted) want(wanted.key(), wanted.owner(), nowNanos);
        else if (event instanceof BorrowerEvent.Taken taken)
            interests.keySet().removeIf(key -> taken.slice().contains(key));
        else if (event instanceof BorrowerEvent.Answered answered) hear(answered, nowNanos);
        else if (event instanceof BorrowerEvent.AskLost lost) lost(lost.lender(), lost.ask(), nowNanos);
        else if (event instanceof BorrowerEvent.Restored restored) restore(restored.over(), nowNanos);
        return decide(nowNanos);
    }

    /** Nothing happened, time went by. */
    public BorrowerAction.Decision advance(long nowNanos) {
        return decide(nowNanos);
    }

    /**
     * Lets go of what is recalled, at once.
     *
     * @return whether that is all that is asked; if not, the lender has to wait
     */
    public boolean giveBack(Recall recall, long nowNanos) {
        for (Map.Entry<SliceKey, Interest> entry : interests.entrySet()) {
            if (!recall.slice().contains(entry.getKey())) continue;
            Interest interest = entry.getValue();
            interest.recalled = interest.isLent(nowNanos) ? interest.loan : null;
            interest.recall = recall;
            interest.loan = null;
        }
        for (Lender lender : lenders.values()) if (lender.asked != null) voidIn(lender.asked, recall.slice());
        publish(nowNanos);
        if (!recall.borrower().equals(self)) return false;
        boolean isLongThere = joinedNanos != NEVER && nowNanos - joinedNanos >= terms.grantedNanos();
        return !recall.isForFormerLives() || isLongThere;
    }

    private static void voidIn(Asked asked, Slice slice) {
        for (SliceKey key : asked.keys())
            if (slice.contains(key)) asked.voided().add(key);
    }

    private void want(SliceKey key, Resource owner, long nowNanos) {
        Interest known = interests.get(key);
        if (known == null || !known.lender.equals(owner)) {
            known = new Interest(owner);
            interests.put(key, known);
            lenders.computeIfAbsent(owner, o -> new Lender()).askAtNanos = nowNanos;
        }
        known.untilNanos = nowNanos + INTEREST_NANOS;
    }

    private void hear(BorrowerEvent.Answered answered, long nowNanos) {
        Asked asked = answeredBy(answered.lender(), answered.ask());
        if (asked == null) return;
        long endNanos = asked.sentNanos() + terms.heldOf(answered.lent().forNanos());
        boolean isAllLent = true;
        for (SliceKey key : asked.keys()) {
            Interest interest = interests.get(key);
            if (interest == null || !interest.lender.equals(answered.lender())) continue;
            boolean isLent =
                    answered.lent().keys().contains(key) && !asked.voided().contains(key);
            isAllLent &= isLent;
            if (isLent) lend(interest, endNanos, nowNanos);
            else if (!asked.voided().contains(key)) interest.loan = null;
        }
        Lender lender = lenders.get(answered.lender());
        if (lender != null)
            lender.askAtNanos = isAllLent ? asked.sentNanos() + terms.renewalNanos() : nowNanos + SOON_NANOS;
    }

    private void lend(Interest interest, long endNanos, long nowNanos) {
        Loan before = interest.loan;
        if (before == null || !interest.isLent(nowNanos)) interest.loan = new Loan(numbers.getAsLong(), endNanos);
        else if (before.endNanos() < endNanos) {
            if (before.isUsed()) interest.untilNanos = nowNanos + INTEREST_NANOS;
            interest.loan = before.until(endNanos);
        }
        interest.recalled = null;
    }

    private void lost(Resource from, long ask, long nowNanos) {
        if (answeredBy(from, ask) == null) return;
        Lender lender = lenders.get(from);
        if (lender != null) lender.askAtNanos = nowNanos + 2 * SOON_NANOS;
    }

    /** The question of that number, if its answer is still waited for. It is not any more. */
    private @Nullable Asked answeredBy(Resource from, long ask) {
        Lender lender = lenders.get(from);
        Asked asked = lender == null ? null : lender.asked;
        if (lender == null || asked == null || asked.ask() != ask) return null;
        lender.asked = null;
        return asked;
    }

    private void restore(Recall.Over over, long nowNanos) {
        Interest interest = interests.get(over.key());
        if (interest == null) return;
        Loan recalled = interest.recalled;
        if (recalled == null || !over.recall().equals(interest.recall) || nowNanos >= recalled.endNanos()) return;
        interest.recalled = null;
        interest.loan = new Loan(numbers.getAsLong(), recalled.endNanos());
    }

    private BorrowerAction.Decision decide(long nowNanos) {
        interests.values().removeIf(interest -> interest.untilNanos <= nowNanos);
        lenders.entrySet().removeIf(entry -> keysOf(entry.getKey()).isEmpty());
        if (joinedNanos == NEVER && leaseNanos.getAsLong() > 0) joinedNanos = nowNanos;
        List<BorrowerAction> actions = new ArrayList<>();
        long wakeAtNanos = joinedNanos == NEVER ? nowNanos + SOON_NANOS : NEVER;
        for (Map.Entry<Resource, Lender> entry : lenders.entrySet()) {
            Lender lender = entry.getValue();
            if (lender.asked != null) continue;
            if (lender.askAtNanos <= nowNanos) actions.add(ask(entry.getKey(), lender, nowNanos));
            else wakeAtNanos = Math.min(wakeAtNanos, lender.askAtNanos);
        }
        publish(nowNanos);
        return new BorrowerAction.Decision(List.copyOf(actions), wakeAtNanos);
    }

    private BorrowerAction ask(Resource from, Lender lender, long nowNanos) {
        Set<SliceKey> keys = keysOf(from);
        lender.asked = new Asked(++lastAsk, nowNanos, keys, new HashSet<>());
        return new BorrowerAction.Ask(from, lastAsk, new Borrow(self, keys));
    }

    private Set<SliceKey> keysOf(Resource lender) {
        Set<SliceKey> keys = new HashSet<>();
        interests.forEach((key, interest) -> {
            if (interest.lender.equals(lender)) keys.add(key);
        });
        return keys;
    }

    private void publish(long nowNanos) {
        Map<SliceKey, Loan> now = new HashMap<>();
        interests.forEach((key, interest) -> {
            if (interest.loan != null && interest.isLent(nowNanos)) now.put(key, interest.loan);
        });
        loans = new Loans(now);
    }
}
