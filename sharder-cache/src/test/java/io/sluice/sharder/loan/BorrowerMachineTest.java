package io.sluice.sharder.loan;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.sharder.LeaseTerms;
import io.sluice.sharder.Resource;
import io.sluice.sharder.Slice;
import io.sluice.sharder.SliceKey;
import io.sluice.sharder.loan.Loans.Loan;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BorrowerMachineTest {
    private static final Resource SELF = new Resource("reader", "b:1", 5);
    private static final Resource OWNER = new Resource("owner", "a:1", 1);
    private static final Resource SUCCESSOR = new Resource("successor", "c:1", 1);
    private static final SliceKey KEY = SliceKey.of("sales");
    private static final long LEASE = TimeUnit.MILLISECONDS.toNanos(2_600);
    private static final long RENEWAL = LeaseTerms.STANDARD.renewalNanos();

    private long leaseNanos = LEASE;
    private long nowNanos = TimeUnit.MINUTES.toNanos(1);
    private final AtomicLong numbers = new AtomicLong();
    private final BorrowerMachine borrower =
            new BorrowerMachine(SELF, LeaseTerms.STANDARD, numbers::incrementAndGet, () -> leaseNanos);

    @Test
    void whatIsWantedIsAskedForAndThenReadable() {
        BorrowerAction.Ask ask = wanted(OWNER);
        assertThat(ask.borrow()).isEqualTo(new Borrow(SELF, Set.of(KEY)));
        assertThat(loan()).isNull();

        lent(ask);
        assertThat(loan()).isNotNull();
    }

    @Test
    void aLoanIsCountedFromTheQuestionAndEndsEarlierThanTheLenderThinks() {
        BorrowerAction.Ask ask = wanted(OWNER);
        long sentNanos = nowNanos;
        nowNanos += TimeUnit.MILLISECONDS.toNanos(300);
        lent(ask);

        nowNanos = sentNanos + LEASE / 65 * 60 - 1;
        assertThat(loan()).isNotNull();
        nowNanos += 1;
        assertThat(loan()).isNull();
    }

    @Test
    void aRenewedLoanIsTheSameLoan() {
        lent(wanted(OWNER));
        long number = number();
        nowNanos += RENEWAL;
        lent(onlyAsk(borrower.advance(nowNanos)));

        assertThat(number()).isEqualTo(number);
        nowNanos += TimeUnit.SECONDS.toNanos(2);
        assertThat(loan()).isNotNull();
    }

    @Test
    void aLoanThatRanOutComesBackAsAnother() {
        lent(wanted(OWNER));
        long number = number();
        nowNanos += TimeUnit.SECONDS.toNanos(3);
        lent(onlyAsk(borrower.advance(nowNanos)));
        assertThat(number()).isGreaterThan(number);
    }

    @Test
    void whatIsRecalledIsNotReadUntilItIsRestored() {
        lent(wanted(OWNER));
        long number = number();
        Recall recall = recall(OWNER, 3);
        assertThat(borrower.giveBack(recall, nowNanos)).isTrue();
        assertThat(loan()).isNull();

        borrower.on(new BorrowerEvent.Restored(new Recall.Over(recall, KEY)), nowNanos);
        assertThat(number()).as("memory must be brought up to date").isGreaterThan(number);
    }

    @Test
    void aRestorationThatComesAfterTheNextRecallMeansNothing() {
        lent(wanted(OWNER));
        Recall first = recall(OWNER, 3);
        borrower.giveBack(first, nowNanos);
        borrower.on(new BorrowerEvent.Restored(new Recall.Over(first, KEY)), nowNanos);
        borrower.giveBack(recall(OWNER, 4), nowNanos);

        borrower.on(new BorrowerEvent.Restored(new Recall.Over(first, KEY)), nowNanos);
        assertThat(loan()).isNull();
    }

    @Test
    void aRestorationByAFormerOwnerMeansNothingThoughTheNumberIsTheSame() {
        lent(wanted(OWNER));
        Recall former = recall(OWNER, 3);
        borrower.giveBack(former, nowNanos);
        lent(wanted(SUCCESSOR));
        borrower.giveBack(recall(SUCCESSOR, 3), nowNanos);

        borrower.on(new BorrowerEvent.Restored(new Recall.Over(former, KEY)), nowNanos);
        assertThat(loan()).isNull();
    }

    @Test
    void anAnswerThatTheRecallOvertookLendsNothing() {
        BorrowerAction.Ask ask = wanted(OWNER);
        borrower.giveBack(recall(OWNER, 3), nowNanos);
        lent(ask);
        assertThat(loan()).isNull();
    }

    @Test
    void whatTheLenderNamesNoMoreIsNotReadAnyMore() {
        lent(wanted(OWNER));
        nowNanos += RENEWAL;
        BorrowerAction.Ask ask = onlyAsk(borrower.advance(nowNanos));
        borrower.on(new BorrowerEvent.Answered(OWNER, ask.ask(), Borrow.Lent.NOTHING), nowNanos);
        assertThat(loan()).isNull();
    }

    @Test
    void anAnswerToAQuestionThatWasGivenUpLendsNothing() {
        BorrowerAction.Ask ask = wanted(OWNER);
        borrower.on(new BorrowerEvent.AskLost(OWNER, ask.ask()), nowNanos);
        lent(ask);
        assertThat(loan()).isNull();
    }

    @Test
    void aNewOwnerIsAskedAnew() {
        lent(wanted(OWNER));
        BorrowerAction.Ask ask = wanted(SUCCESSOR);
        assertThat(ask.lender()).isEqualTo(SUCCESSOR);
        assertThat(loan()).isNull();
    }

    @Test
    void onlyAPodThatHasBeenOnTheRollForALeaseAnswersForItsFormerLives() {
        Recall recall = new Recall(OWNER, SELF, 1, Slice.ALL, true);
        leaseNanos = 0;
        borrower.advance(nowNanos);
        nowNanos += TimeUnit.SECONDS.toNanos(5);
        assertThat(borrower.giveBack(recall, nowNanos)).isFalse();

        leaseNanos = LEASE;
        borrower.advance(nowNanos);
        nowNanos += TimeUnit.SECONDS.toNanos(2);
        assertThat(borrower.giveBack(recall, nowNanos)).isFalse();
        nowNanos += TimeUnit.SECONDS.toNanos(1);
        assertThat(borrower.giveBack(recall, nowNanos)).isTrue();
    }

    @Test
    void nobodyAnswersForAnotherLife() {
        Resource former = new Resource(SELF.name(), SELF.address(), SELF.incarnation() - 1);
        assertThat(borrower.giveBack(new Recall(OWNER, former, 1, Slice.ALL, false), nowNanos))
                .isFalse();
    }

    @Test
    void whatBecomesOnesOwnIsNotALoanAnyMore() {
        lent(wanted(OWNER));
        borrower.on(new BorrowerEvent.Taken(Slice.ALL), nowNanos);
        assertThat(loan()).isNull();
    }

    @Test
    void whatNobodyReadsIsNotAskedForForever() {
        lent(wanted(OWNER));
        nowNanos += TimeUnit.MINUTES.toNanos(2);
        assertThat(borrower.advance(nowNanos).actions()).isEmpty();
    }

    private BorrowerAction.Ask wanted(Resource owner) {
        return onlyAsk(borrower.on(new BorrowerEvent.Wanted(KEY, owner), nowNanos));
    }

    private static BorrowerAction.Ask onlyAsk(BorrowerAction.Decision decision) {
        assertThat(decision.actions()).hasSize(1);
        return (BorrowerAction.Ask) decision.actions().get(0);
    }

    private void lent(BorrowerAction.Ask ask) {
        borrower.on(
                new BorrowerEvent.Answered(
                        ask.lender(), ask.ask(), new Borrow.Lent(ask.borrow().keys(), LEASE)),
                nowNanos);
    }

    private static Recall recall(Resource lender, long number) {
        return new Recall(lender, SELF, number, Slice.closed(KEY, KEY), false);
    }

    private @Nullable Loan loan() {
        return borrower.loans().of(KEY, nowNanos);
    }

    private long number() {
        Loan loan = loan();
        assertThat(loan).isNotNull();
        return loan.number();
    }
}
