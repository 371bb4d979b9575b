package io.sluice.sharder.loan;

import io.sluice.sharder.Resource;
import io.sluice.sharder.SliceKey;
import java.util.Set;

/**
 * Asks for keys, or for more time for keys that are lent already.
 *
 * @param keys all that the borrower wants of this lender; what it does not name it does not hold
 */
public record Borrow(Resource borrower, Set<SliceKey> keys) {
    public Borrow {
        keys = Set.copyOf(keys);
    }

    /**
     * The answer.
     *
     * @param keys those of the keys that are lent; the others are not, even if they were before
     * @param forNanos how long, on the lender's clock and from its answer
     */
    public record Lent(Set<SliceKey> keys, long forNanos) {
        /** Nothing is lent. */
        public static final Lent NOTHING = new Lent(Set.of(), 0);

        public Lent {
            keys = Set.copyOf(keys);
        }
    }
}
