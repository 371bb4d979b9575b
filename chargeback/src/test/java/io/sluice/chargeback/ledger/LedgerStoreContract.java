package io.sluice.chargeback.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.model.failure.Failure;
import io.sluice.model.failure.FailureKind;
import io.sluice.model.usage.TransferReceipt;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The laws of the ledger, for every store that keeps it. */
abstract class LedgerStoreContract {
    private static final Instant NOW = Instant.parse("2027-01-01T00:00:00Z");
    private static final Period ALWAYS = new Period(Instant.EPOCH, NOW);

    LedgerStore store;
    Ledger ledger;

    abstract LedgerStore create();

    @BeforeEach
    void openLedger() {
        store = create();
        ledger = new Ledger(store, () -> NOW);
    }

    @Test
    void aReceiptBecomesACreditOfTheLaneAndDebitsOfThoseWhoAnswer() {
        ledger.record(Receipts.receipt("r1", 1_000, 900));

        assertThat(store.find("r1").orElseThrow().postings())
                .containsExactly(
                        new Posting(new Account("lane:aws:eu-west-1->azure:westeurope"), -1_000),
                        new Posting(new Account("producer:sales"), 900),
                        new Posting(Account.RETRY_WASTE, 100));
    }

    @Test
    void whatIsReadBackIsWhatWasRecorded() {
        LedgerEntry entry = ledger.record(Receipts.receipt("r1", 1_000, 900)).entry();

        assertThat(store.find("r1")).contains(entry);
        assertThat(store.after(0, 10)).containsExactly(entry);
        assertThat(store.head()).isEqualTo(entry.asHead());
    }

    @Test
    void aRunThatMovedNothingIsRecordedWithoutPostings() {
        ledger.record(Receipts.receipt("quiet", 0, 0));

        assertThat(store.find("quiet").orElseThrow().postings()).isEmpty();
        assertThat(ledger.verify().isWhole()).isTrue();
    }

    @Test
    void aReceiptDeliveredTwiceCountsOnce() {
        ledger.record(Receipts.receipt("r1", 1_000, 900));

        assertThat(ledger.record(Receipts.receipt("r1", 1_000, 900))).isInstanceOf(Ledger.Recorded.AlreadyPosted.class);
        assertThat(entries()).hasSize(1);
    }

    @Test
    void aKnownReceiptWithOtherContentsIsRefused() {
        ledger.record(Receipts.receipt("r1", 1_000, 900));

        assertThatThrownBy(() -> ledger.record(Receipts.receipt("r1", 1_000, 901)))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("r1")
                .hasMessageContaining("never edited");
        assertThat(entries()).hasSize(1);
    }

    @Test
    void moreLogicalThanWireBytesAreRefused() {
        assertThatThrownBy(() -> ledger.record(Receipts.receipt("r1", 10, 11)))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(FailureKind.INVALID));
        assertThat(entries()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 20, 77})
    void journalsSumToZeroHoweverOftenTheyAreDelivered(long seed) {
        // Shows conservation and exactly-once together: a model that remembers each id once has the same sums.
        List<TransferReceipt> deliveries = Receipts.withRedeliveries(new Random(seed), 60);
        deliveries.forEach(ledger::record);

        Set<TransferReceipt> distinct = new HashSet<>(deliveries);
        assertThat(entries()).as("seed %d", seed).hasSize(distinct.size());
        assertThat(entries())
                .allSatisfy(entry ->
                        assertThat(PostingGroup.sumOf(entry.postings())).isZero());
        assertThat(entries().stream()
                        .mapToLong(entry -> entry.debitOf(Account.producer("parts")))
                        .sum())
                .isEqualTo(distinct.stream()
                        .filter(receipt -> receipt.producer().equals("parts"))
                        .mapToLong(receipt -> receipt.logical().bytes())
                        .sum());
        assertThat(ledger.verify().differences()).isEmpty();
    }

    @Test
    void racingDeliveriesOfTheSameReceiptsPostEachOnce() throws Exception {
        List<TransferReceipt> receipts = new ArrayList<>();
        for (int i = 0; i < 20; i++) receipts.add(Receipts.receipt("r" + i, 1_000 + i, 900));
        Callable<Integer> deliverAll = () -> (int) receipts.stream()
                .filter(receipt -> ledger.record(receipt) instanceof Ledger.Recorded.Posted)
                .count();

        int posted = 0;
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            for (var done : threads.invokeAll(List.of(deliverAll, deliverAll, deliverAll, deliverAll)))
                posted += done.get();
        } finally {
            threads.shutdownNow();
        }

        assertThat(posted).isEqualTo(20);
        assertThat(entries()).extracting(LedgerEntry::sequence).containsExactlyElementsOf(firstNumbers(20));
        assertThat(ledger.verify().isWhole()).isTrue();
    }

    @Test
    void aPeriodHoldsItsBeginningButNotItsEnd() {
        Instant midnight = Instant.parse("2026-04-01T00:00:00Z");
        ledger.record(Receipts.receipt("last", "sales", Receipts.AWS_TO_AZURE, 5, 5, midnight.minusNanos(1)));
        ledger.record(Receipts.receipt("first", "sales", Receipts.AWS_TO_AZURE, 7, 7, midnight));

        assertThat(idsIn(new Period(midnight.minusSeconds(60), midnight))).containsExactly("last");
        assertThat(idsIn(new Period(midnight, midnight.plusSeconds(60)))).containsExactly("first");
    }

    @Test
    void pagesFollowEachOtherWithoutGaps() {
        for (int i = 1; i <= 5; i++) ledger.record(Receipts.receipt("r" + i, i, i));

        assertThat(store.after(0, 2)).extracting(LedgerEntry::sequence).containsExactly(1L, 2L);
        assertThat(store.after(2, 2)).extracting(LedgerEntry::sequence).containsExactly(3L, 4L);
        assertThat(store.after(5, 2)).isEmpty();
    }

    List<LedgerEntry> entries() {
        List<LedgerEntry> all = new ArrayList<>();
        store.scan(ALWAYS, all::add);
        return all;
    }

    private List<String> idsIn(Period period) {
        List<String> ids = new ArrayList<>();
        store.scan(period, entry -> ids.add(entry.receipt().id()));
        return ids;
    }

    private static List<Long> firstNumbers(long count) {
        return java.util.stream.LongStream.rangeClosed(1, count).boxed().toList();
    }
}
