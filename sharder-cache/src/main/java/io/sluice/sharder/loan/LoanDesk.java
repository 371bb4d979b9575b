package io.sluice.sharder.loan;

import io.sluice.sharder.LeaseTerms;
import io.sluice.sharder.Resource;
import io.sluice.sharder.Slice;
import io.sluice.sharder.SliceKey;
import io.sluice.sharder.loan.Loans.Loan;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Lending and borrowing of one pod. {@link #loan} may be called by any thread at any rate: it reads a volatile field and
 * the clock. Thread-safe.
 */
public final class LoanDesk implements AutoCloseable {
    private final LoanPeers peers;
    private final LongSupplier leaseNanos;
    private final LenderMachine lender;
    private final BorrowerMachine borrower;
    private final Map<Long, CompletableFuture<Void>> writes = new HashMap<>();
    private final ScheduledExecutorService alarm = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "loans");
        thread.setDaemon(true);
        return thread;
    });
    private final Object lending = new Object();
    private final Object borrowing = new Object();
    private volatile Loans loans = Loans.NONE;
    private final Wake lenderWakes;
    private final Wake borrowerWakes;
    private long lastWrite;

    /**
     * @param numbers of loans, never the same twice
     * @param leaseNanos how long the pod's own lease lasts
     */
    public LoanDesk(
            Resource self,
            LeaseTerms terms,
            LenderMachine.Holding holding,
            LongSupplier numbers,
            LongSupplier leaseNanos,
            LoanPeers peers) {
        this.peers = peers;
        this.leaseNanos = leaseNanos;
        this.lender = new LenderMachine(self, terms, holding);
        this.borrower = new BorrowerMachine(self, terms, numbers, leaseNanos);
        this.lenderWakes = new Wake(lending, () -> carryOut(lender.advance(System.nanoTime())));
        this.borrowerWakes = new Wake(borrowing, () -> carryOut(borrower.advance(System.nanoTime())));
        synchronized (borrowing) {
            borrowerWakes.at(System.nanoTime());
        }
    }

    /** The loan of a key of another owner; if there is none yet, it is asked for. */
    public @Nullable Loan loan(SliceKey key, Resource owner) {
        if (leaseNanos.getAsLong() <= 0) return null;
        Loan loan = loans.of(key, System.nanoTime());
        if (loan == null) want(key, owner);
        else loan.use();
        return loan;
    }

    private void want(SliceKey key, Resource owner) {
        on(new BorrowerEvent.Wanted(key, owner));
    }

    /** Another pod asks for loans. */
    public Borrow.Lent lend(Borrow asked) {
        synchronized (lending) {
            return lender.lend(asked, System.nanoTime());
        }
    }

    /** Another pod asks for what it lent. */
    public boolean giveBack(Recall recall) {
        synchronized (borrowing) {
            boolean isAll = borrower.giveBack(recall, System.nanoTime());
            loans = borrower.loans();
            return isAll;
        }
    }

    /** Another pod has written what it recalled. */
    public void restored(Recall.Over over) {
        on(new BorrowerEvent.Restored(over));
    }

    /** This pod owns a slice from now on. */
    public void taken(Slice slice) {
        on(new BorrowerEvent.Taken(slice));
        on(new LenderEvent.Taken(slice));
    }

    /** Begins a write: returns once no other pod reads the key from memory. To be followed by {@link #written}. */
    public void recall(SliceKey key) {
        CompletableFuture<Void> proceed = new CompletableFuture<>();
        synchronized (lending) {
            long write = ++lastWrite;
            writes.put(write, proceed);
            on(new LenderEvent.WriteBegins(key, write));
        }
        proceed.join();
    }

    /** The outcome of the write is known, and seen by those who read here. */
    public void written(SliceKey key) {
        on(new LenderEvent.WriteEnds(key));
    }

    private void on(LenderEvent event) {
        synchronized (lending) {
            carryOut(lender.on(event, System.nanoTime()));
        }
    }

    private void carryOut(LenderAction.Decision decision) {
        decision.actions().forEach(this::carryOut);
        lenderWakes.at(decision.wakeAtNanos());
    }

    private void carryOut(LenderAction action) {
        if (action instanceof LenderAction.Proceed proceed) {
            CompletableFuture<Void> write = writes.remove(proceed.write());
            if (write != null) write.complete(null);
        } else if (action instanceof LenderAction.Send send) send(send.recall());
        else if (action instanceof LenderAction.Restore restore) peers.restore(restore.over());
        else if (action instanceof LenderAction.ReadRoll read)
            peers.roll()
                    .thenApply(pods -> (LenderEvent) new LenderEvent.RollRead(read.taking(), pods))
                    .exceptionally(lost -> new LenderEvent.RollLost(read.taking()))
                    .thenAccept(this::on);
    }

    private void send(Recall recall) {
        peers.recall(recall)
                .exceptionally(lost -> false)
                .thenAccept(isGivenBack -> on(
                        isGivenBack
                                ? new LenderEvent.GivenBack(recall.borrower(), recall.number())
                                : new LenderEvent.NotGivenBack(recall)));
    }

    private void on(BorrowerEvent event) {
        synchronized (borrowing) {
            carryOut(borrower.on(event, System.nanoTime()));
        }
    }

    private void carryOut(BorrowerAction.Decision decision) {
        loans = borrower.loans();
        decision.actions().forEach(this::carryOut);
        borrowerWakes.at(decision.wakeAtNanos());
    }

    private void carryOut(BorrowerAction action) {
        if (!(action instanceof BorrowerAction.Ask ask)) return;
        peers.borrow(ask.lender(), ask.borrow())
                .thenApply(lent -> (BorrowerEvent) new BorrowerEvent.Answered(ask.lender(), ask.ask(), lent))
                .exceptionally(lost -> new BorrowerEvent.AskLost(ask.lender(), ask.ask()))
                .thenAccept(this::on);
    }

    /** The next time at which one of the two machines is to be asked what is due. */
    private final class Wake {
        private final Object lock;
        private final Runnable task;
        private long atNanos = Long.MAX_VALUE;

        Wake(Object lock, Runnable task) {
            this.lock = lock;
            this.task = task;
        }

        /** At the latest. Requires the lock. */
        void at(long latestNanos) {
            if (latestNanos >= atNanos) return;
            atNanos = latestNanos;
            try {
                alarm.schedule(this::ring, latestNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
            } catch (RejectedExecutionException closed) {
                // Nothing is lent or borrowed any more; loans run out by themselves.
                return;
            }
        }

        private void ring() {
            synchronized (lock) {
                atNanos = Long.MAX_VALUE;
                task.run();
            }
        }
    }

    /** Writes that still wait go on; their guard decides. */
    @Override
    public void close() {
        alarm.shutdownNow();
        synchronized (lending) {
            List.copyOf(writes.values()).forEach(write -> write.complete(null));
        }
    }
}
