package io.sluice.sharder.loan;

import io.sluice.sharder.SliceKey;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a pod may read from memory though others own it, at one moment. */
public record Loans(Map<SliceKey, Loan> byKey) {
    static final Loans NONE = new Loans(Map.of());

    public Loans {
        byKey = Map.copyOf(byKey);
    }

    /** The loan of the key if it lasts. Allocates nothing. */
    public @Nullable Loan of(SliceKey key, long nowNanos) {
        Loan loan = byKey.get(key);
        return loan != null && nowNanos < loan.endNanos ? loan : null;
    }

    /** A key that was lent without a gap since a moment. */
    public static final class Loan {
        private final long number;
        private final long endNanos;
        // Written by readers without care: a use that is overlooked costs no more than asking again.
        private volatile boolean isUsed;

        Loan(long number, long endNanos) {
            this.number = number;
            this.endNanos = endNanos;
        }

        /** Memories of other numbers must be brought up to date before they are read in this loan. */
        public long number() {
            return number;
        }

        long endNanos() {
            return endNanos;
        }

        /** Says that the loan is worth keeping. */
        public void use() {
            if (!isUsed) isUsed = true;
        }

        boolean isUsed() {
            return isUsed;
        }

        Loan until(long newEndNanos) {
            return new Loan(number, newEndNanos);
        }
    }
}
