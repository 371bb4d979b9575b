package io.sluice.sharder.loan;

import io.sluice.sharder.Resource;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The way to the other pods, and to the roll. Each answer ends within about a second, if need be with a failure; nothing
 * blocks.
 */
public interface LoanPeers {
    CompletableFuture<Borrow.Lent> borrow(Resource lender, Borrow borrow);

    /** Answers whether what was recalled is given back. */
    CompletableFuture<Boolean> recall(Recall recall);

    /** Need not arrive. */
    void restore(Recall.Over over);

    /** Every pod that may hold a loan. */
    CompletableFuture<List<Resource>> roll();
}
