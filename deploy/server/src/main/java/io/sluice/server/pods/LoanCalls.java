package io.sluice.server.pods;

import io.sluice.sharder.Resource;
import io.sluice.sharder.loan.Borrow;
import io.sluice.sharder.loan.LoanPeers;
import io.sluice.sharder.loan.Recall;
import io.sluice.sharder.store.PodLease;
import io.sluice.sharder.store.ShardStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Loans from and to other pods. */
public final class LoanCalls implements LoanPeers {
    /** Later than that it is better to try again. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final SealedCalls calls;
    private final ShardStore store;

    public LoanCalls(SealedCalls calls, ShardStore store) {
        this.calls = calls;
        this.store = store;
    }

    @Override
    public CompletableFuture<Borrow.Lent> borrow(Resource lender, Borrow borrow) {
        return calls.ask(lender, LoanWire.BORROW, LoanWire.write(borrow), PATIENCE)
                .thenApply(LoanWire::lent);
    }

    @Override
    public CompletableFuture<Boolean> recall(Recall recall) {
        return calls.ask(recall.borrower(), LoanWire.RECALL, LoanWire.write(recall), PATIENCE)
                .thenApply(answer -> answer.length == 1 && answer[0] == PodRoutes.GIVEN_BACK);
    }

    @Override
    public void restore(Recall.Over over) {
        var unused = calls.ask(over.recall().borrower(), LoanWire.RESTORE, LoanWire.write(over), PATIENCE);
    }

    /** Whoever has left said so after it had stopped to answer. */
    @Override
    public CompletableFuture<List<Resource>> roll() {
        return CompletableFuture.supplyAsync(() -> store.roll().leases().stream()
                .filter(lease -> lease.standing() != PodLease.Standing.LEFT)
                .map(PodLease::pod)
                .toList());
    }
}
