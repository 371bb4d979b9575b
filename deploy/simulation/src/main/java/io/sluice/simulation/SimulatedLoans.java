package io.sluice.simulation;

import io.sluice.sharder.Generation;
import io.sluice.sharder.LeaseTerms;
import io.sluice.sharder.Ownership;
import io.sluice.sharder.OwnershipChange;
import io.sluice.sharder.Resource;
import io.sluice.sharder.Slice;
import io.sluice.sharder.SliceKey;
import io.sluice.sharder.Tenure;
import io.sluice.sharder.loan.BorrowerAction;
import io.sluice.sharder.loan.BorrowerEvent;
import io.sluice.sharder.loan.BorrowerMachine;
import io.sluice.sharder.loan.LenderAction;
import io.sluice.sharder.loan.LenderEvent;
import io.sluice.sharder.loan.LenderMachine;
import io.sluice.sharder.loan.Loans;
import io.sluice.sharder.loan.Recall;
import io.sluice.sharder.store.PodLease;
import io.sluice.sharder.store.Roll;
import io.sluice.sharder.store.ShardStore;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Lending and borrowing of one simulated pod: the production machines, one key, and a memory that a judge looks into. */
final class SimulatedLoans {
    private static final long GUARD_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final SimulatedPod pod;
    private final PodNetwork network;
    private final SimulatedStore store;
    private final VirtualTime time;
    private final Register register;
    private final LenderMachine lender;
    private final BorrowerMachine borrower;
    private final Alarm lending;
    private final Alarm borrowing;
    private long loanNumbers;
    private long writes;
    /** Of the tenure that is ours, if it is. */
    private @Nullable Generation since;

    private @Nullable Long guard;
    private @Nullable Memory memory;
    private long readFor;

    private record Memory(long loan, long value) {}

    SimulatedLoans(
            SimulatedPod pod,
            Clock clock,
            VirtualTime time,
            PodNetwork network,
            SimulatedStore store,
            Register register) {
        this.pod = pod;
        this.network = network;
        this.store = store;
        this.time = time;
        this.register = register;
        this.lender = new LenderMachine(pod.self, LeaseTerms.STANDARD, this::remainingNanos);
        this.borrower = new BorrowerMachine(pod.self, LeaseTerms.STANDARD, () -> ++loanNumbers, this::leaseNanos);
        this.lending = new Alarm(time, clock, () -> pod.act(() -> carryOut(lender.advance(pod.ownNanos()))));
        this.borrowing = new Alarm(time, clock, () -> pod.act(() -> carryOut(borrower.advance(pod.ownNanos()))));
        register.watch(this);
        pod.act(() -> carryOut(borrower.advance(pod.ownNanos())));
    }

    private long leaseNanos() {
        long endNanos = pod.holdings().leaseEndNanos();
        return endNanos == Long.MIN_VALUE ? 0 : endNanos - pod.ownNanos();
    }

    private long remainingNanos(SliceKey key) {
        boolean isOurs = guard != null && pod.holdings().owns(key, pod.ownNanos()) == Ownership.Answer.OWNED;
        return isOurs ? pod.holdings().leaseEndNanos() - pod.ownNanos() : 0;
    }

    /** What this pod would answer from a loan; a paused one answers nothing, but its loan must have an end. */
    OptionalLong readable() {
        if (!pod.isAlive() || leaseNanos() <= 0) return OptionalLong.empty();
        Loans.Loan loan = borrower.loans().of(Register.KEY, pod.ownNanos());
        if (loan == null || memory == null || memory.loan() != loan.number()) return OptionalLong.empty();
        return OptionalLong.of(memory.value());
    }

    /** As the listener of the slicelet. */
    void changed(OwnershipChange change) {
        if (change.removed().stream().anyMatch(SimulatedLoans::isOfKey)) {
            since = null;
            guard = null;
        }
        change.added().stream().filter(SimulatedLoans::isOfKey).forEach(tenure -> {
            since = tenure.since();
            install();
        });
    }

    private static boolean isOfKey(Tenure tenure) {
        return tenure.slice().contains(Register.KEY);
    }

    private void install() {
        Generation installing = since;
        if (installing == null) return;
        store.ask(
                pod,
                truth -> register.install(pod.self, installing),
                installed -> pod.act(() -> installed.ifPresent(token -> {
                    if (!installing.equals(since)) return;
                    on(new BorrowerEvent.Taken(Slice.ALL));
                    on(new LenderEvent.Taken(Slice.ALL));
                    guard = token;
                })),
                () -> time.after(GUARD_AGAIN_NANOS, () -> pod.act(this::install)));
    }

    /** Somebody asks this pod for the value. */
    void read() {
        if (pod.holdings().assignment().isEmpty()) return;
        Resource owner = pod.holdings().assignment().tenureOf(Register.KEY).owner();
        if (owner.equals(pod.self)) return;
        Loans.Loan loan = borrower.loans().of(Register.KEY, pod.ownNanos());
        if (loan == null) on(new BorrowerEvent.Wanted(Register.KEY, owner));
        else {
            loan.use();
            catchUp(loan.number());
        }
    }

    private void catchUp(long loan) {
        if (loan == readFor) return;
        readFor = loan;
        store.ask(
                pod,
                truth -> register.value(),
                value -> pod.act(() -> {
                    memory = new Memory(loan, value);
                    register.remembers(this);
                }),
                () -> readFor = 0);
    }

    /** Somebody asks this pod to change the value. */
    void write() {
        if (remainingNanos(Register.KEY) > 0) on(new LenderEvent.WriteBegins(Register.KEY, ++writes));
    }

    private void commit() {
        Long under = guard;
        if (under == null) {
            written();
            return;
        }
        store.ask(
                pod,
                truth -> register.commit(under),
                done -> pod.act(this::written),
                () -> pod.act(() -> {
                    // It may have landed, or may land yet: a new guard decides.
                    guard = null;
                    written();
                    install();
                }));
    }

    private void written() {
        on(new LenderEvent.WriteEnds(Register.KEY));
    }

    private void on(LenderEvent event) {
        carryOut(lender.on(event, pod.ownNanos()));
    }

    private void carryOut(LenderAction.Decision decision) {
        lending.set(decision.wakeAtNanos());
        for (LenderAction action : decision.actions()) {
            if (action instanceof LenderAction.Proceed) commit();
            else if (action instanceof LenderAction.Send send) recall(send.recall());
            else if (action instanceof LenderAction.Restore restore) restore(restore.over());
            else if (action instanceof LenderAction.ReadRoll read)
                store.ask(
                        pod,
                        ShardStore::roll,
                        roll -> pod.act(() -> on(new LenderEvent.RollRead(read.taking(), present(roll)))),
                        () -> {});
        }
    }

    private static List<Resource> present(Roll roll) {
        return roll.leases().stream()
                .filter(lease -> lease.standing() != PodLease.Standing.LEFT)
                .map(PodLease::pod)
                .toList();
    }

    private void recall(Recall recall) {
        network.ask(
                pod,
                recall.borrower(),
                there -> there.borrower.giveBack(recall, there.pod.ownNanos()),
                isGivenBack -> on(
                        isGivenBack
                                ? new LenderEvent.GivenBack(recall.borrower(), recall.number())
                                : new LenderEvent.NotGivenBack(recall)),
                () -> on(new LenderEvent.NotGivenBack(recall)));
    }

    private void restore(Recall.Over over) {
        network.ask(
                pod,
                over.recall().borrower(),
                there -> {
                    there.on(new BorrowerEvent.Restored(over));
                    return true;
                },
                done -> {},
                () -> {});
    }

    private void on(BorrowerEvent event) {
        carryOut(borrower.on(event, pod.ownNanos()));
    }

    private void carryOut(BorrowerAction.Decision decision) {
        borrowing.set(decision.wakeAtNanos());
        for (BorrowerAction action : decision.actions())
            if (action instanceof BorrowerAction.Ask ask)
                network.ask(
                        pod,
                        ask.lender(),
                        there -> there.lender.lend(ask.borrow(), there.pod.ownNanos()),
                        lent -> on(new BorrowerEvent.Answered(ask.lender(), ask.ask(), lent)),
                        () -> on(new BorrowerEvent.AskLost(ask.lender(), ask.ask())));
        register.judge(this);
    }

    @Override
    public String toString() {
        return pod.self.toString();
    }
}
