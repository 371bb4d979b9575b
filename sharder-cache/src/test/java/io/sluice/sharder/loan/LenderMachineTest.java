package io.sluice.sharder.loan;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.sharder.LeaseTerms;
import io.sluice.sharder.Resource;
import io.sluice.sharder.Slice;
import io.sluice.sharder.SliceKey;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LenderMachineTest {
    private static final Resource OWNER = new Resource("owner", "a:1", 1);
    private static final Resource READER = new Resource("reader", "b:1", 1);
    private static final Resource OTHER = new Resource("other", "c:1", 1);
    private static final SliceKey KEY = SliceKey.of("sales");
    private static final long LEASE = TimeUnit.SECONDS.toNanos(2);

    private long leaseNanos = LEASE;
    private long nowNanos = 1_000;
    private final LenderMachine lender = new LenderMachine(OWNER, LeaseTerms.STANDARD, key -> leaseNanos);

    @Test
    void aWriteWithoutLoansGoesOnAtOnce() {
        assertThat(begin(7)).containsExactly(new LenderAction.Proceed(7));
    }

    @Test
    void aWriteWaitsUntilTheBorrowerHasGivenBackAndRestoresTheLoanAfterwards() {
        assertThat(borrow(READER).keys()).containsExactly(KEY);

        Recall recall = onlyRecall(begin(7));
        assertThat(recall.borrower()).isEqualTo(READER);
        assertThat(recall.slice().contains(KEY)).isTrue();
        assertThat(on(new LenderEvent.GivenBack(READER, recall.number()))).containsExactly(new LenderAction.Proceed(7));
        assertThat(on(new LenderEvent.WriteEnds(KEY)))
                .containsExactly(new LenderAction.Restore(new Recall.Over(recall, KEY)));
        assertThat(onlyRecall(begin(8)).number())
                .as("what was restored is recalled again")
                .isGreaterThan(recall.number());
    }

    @Test
    void nothingIsLentOfWhatIsBeingWritten() {
        begin(7);
        assertThat(borrow(READER)).isEqualTo(Borrow.Lent.NOTHING);

        on(new LenderEvent.WriteEnds(KEY));
        assertThat(borrow(READER).keys()).containsExactly(KEY);
    }

    @Test
    void nothingIsLentThatIsNotOwned() {
        leaseNanos = 0;
        assertThat(borrow(READER)).isEqualTo(Borrow.Lent.NOTHING);
    }

    @Test
    void aBorrowerThatDoesNotAnswerIsAskedAgainUntilItsLoanHasRunOut() {
        borrow(READER);
        Recall recall = onlyRecall(begin(7));
        assertThat(on(new LenderEvent.NotGivenBack(recall))).isEmpty();

        nowNanos += TimeUnit.MILLISECONDS.toNanos(100);
        assertThat(onlyRecall(lender.advance(nowNanos).actions())).isEqualTo(recall);
        nowNanos += LEASE;
        assertThat(lender.advance(nowNanos).actions()).containsExactly(new LenderAction.Proceed(7));
    }

    @Test
    void itAsksToBeWokenWhenTheLoanRunsOut() {
        borrow(READER);
        assertThat(lender.on(new LenderEvent.WriteBegins(KEY, 7), nowNanos).wakeAtNanos())
                .isEqualTo(nowNanos + LEASE);
    }

    @Test
    void severalWritersRecallOnceAndRestoreOnce() {
        borrow(READER);
        Recall recall = onlyRecall(begin(7));
        assertThat(begin(8)).isEmpty();
        assertThat(on(new LenderEvent.GivenBack(READER, recall.number())))
                .containsExactly(new LenderAction.Proceed(7), new LenderAction.Proceed(8));
        assertThat(on(new LenderEvent.WriteEnds(KEY))).isEmpty();
        assertThat(on(new LenderEvent.WriteEnds(KEY))).hasSize(1);
    }

    @Test
    void whatRanOutDuringTheWriteIsNotRestored() {
        borrow(READER);
        Recall recall = onlyRecall(begin(7));
        on(new LenderEvent.GivenBack(READER, recall.number()));
        nowNanos += LEASE;
        assertThat(on(new LenderEvent.WriteEnds(KEY))).isEmpty();
    }

    @Test
    void theFirstWriteAfterATakeoverRecallsFromAllThatAreThere() {
        on(new LenderEvent.Taken(Slice.ALL));
        LenderAction.ReadRoll asked = (LenderAction.ReadRoll) begin(7).get(0);

        List<LenderAction> recalls = on(new LenderEvent.RollRead(asked.taking(), List.of(OWNER, READER, OTHER)));
        assertThat(recalls).hasSize(2).allSatisfy(action -> {
            Recall recall = ((LenderAction.Send) action).recall();
            assertThat(recall.slice()).isEqualTo(Slice.ALL);
            assertThat(recall.isForFormerLives()).isTrue();
        });
        assertThat(on(new LenderEvent.GivenBack(READER, asked.taking()))).isEmpty();
        assertThat(on(new LenderEvent.GivenBack(OTHER, asked.taking()))).containsExactly(new LenderAction.Proceed(7));
        assertThat(begin(8)).as("once is enough").containsExactly(new LenderAction.Proceed(8));
    }

    @Test
    void theFirstWriteAfterATakeoverWaitsForALeaseWhereTheRollCannotBeRead() {
        on(new LenderEvent.Taken(Slice.ALL));
        begin(7);
        nowNanos += LeaseTerms.STANDARD.grantedNanos() - 1;
        assertThat(lender.advance(nowNanos).actions()).isEmpty();
        nowNanos += 1;
        assertThat(lender.advance(nowNanos).actions()).containsExactly(new LenderAction.Proceed(7));
    }

    @Test
    void aTakeoverInTheMidstOfAWriteHoldsUpTheNextOne() {
        begin(7);
        on(new LenderEvent.Taken(Slice.ALL));
        assertThat(begin(8)).hasOnlyElementsOfType(LenderAction.ReadRoll.class);
    }

    private Borrow.Lent borrow(Resource pod) {
        return lender.lend(new Borrow(pod, Set.of(KEY)), nowNanos);
    }

    private List<LenderAction> begin(long write) {
        return on(new LenderEvent.WriteBegins(KEY, write));
    }

    private List<LenderAction> on(LenderEvent event) {
        return lender.on(event, nowNanos).actions();
    }

    private static Recall onlyRecall(List<LenderAction> actions) {
        assertThat(actions).hasSize(1);
        return ((LenderAction.Send) actions.get(0)).recall();
    }
}
