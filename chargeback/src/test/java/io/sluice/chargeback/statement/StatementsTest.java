package io.sluice.chargeback.statement;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.chargeback.ledger.Account;
import io.sluice.chargeback.ledger.Ledger;
import io.sluice.chargeback.ledger.LedgerEntry;
import io.sluice.chargeback.ledger.LedgerStore;
import io.sluice.chargeback.ledger.MemoryLedgerStore;
import io.sluice.chargeback.ledger.Period;
import io.sluice.chargeback.ledger.Receipts;
import io.sluice.chargeback.rate.RateCards;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatementsTest {
    private static final Period YEAR =
            new Period(Instant.parse("2026-01-01T00:00:00Z"), Instant.parse("2027-01-01T00:00:00Z"));

    private final LedgerStore store = new MemoryLedgerStore();
    private final Ledger ledger = new Ledger(store, YEAR::to);
    private final Statements statements = new Statements(store, RateCards.bundled());

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 42})
    void totalsEqualThePostings(long seed) {
        Receipts.withRedeliveries(new Random(seed), 100).forEach(ledger::record);

        Statement statement = statements.of(Payer.ALL, YEAR);

        assertThat(statement.total().bytes()).isEqualTo(postedTo(Account::isProducer));
        assertThat(statement.wasteTotal().bytes()).isEqualTo(postedTo(Account.RETRY_WASTE::equals));
        assertThat(statement.total().bytes() + statement.wasteTotal().bytes())
                .isEqualTo(-postedTo(account -> account.name().startsWith("lane:")));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 42})
    void anyPartitionOfAPeriodSumsToTheWhole(long seed) {
        Random random = new Random(seed);
        Receipts.withRedeliveries(random, 100).forEach(ledger::record);
        Statement whole = statements.of(Payer.ALL, YEAR);

        long bytes = 0;
        BigDecimal amount = BigDecimal.ZERO;
        for (Period part : partition(random, 1 + random.nextInt(20))) {
            bytes += statements.of(Payer.ALL, part).total().bytes();
            amount = amount.add(statements.of(Payer.ALL, part).total().amount());
        }

        assertThat(bytes).as("seed %d", seed).isEqualTo(whole.total().bytes());
        assertThat(amount).isEqualByComparingTo(whole.total().amount());
    }

    @ParameterizedTest
    @ValueSource(longs = {5, 6})
    void producersTogetherOweTheWhole(long seed) {
        Receipts.withRedeliveries(new Random(seed), 60).forEach(ledger::record);

        BigDecimal amount = BigDecimal.ZERO;
        for (String producer : List.of("sales", "parts", "fleet"))
            amount = amount.add(
                    statements.of(Payer.producer(producer), YEAR).total().amount());

        assertThat(amount)
                .isEqualByComparingTo(statements.of(Payer.ALL, YEAR).total().amount());
    }

    @Test
    void onlyTheLastFigureIsRoundedAndHalfToEven() {
        // 1.5 GB between regions cost 0.03; 0.25 GB cost 0.005, half a cent.
        record("a", 1_500_000_000L, 1_500_000_000L, "2026-05-02T00:00:00Z");
        record("b", 250_000_000L, 250_000_000L, "2026-05-03T00:00:00Z");

        Total total = statements.of(Payer.ALL, YearMonth.of(2026, 5)).total();

        assertThat(total.amount()).isEqualByComparingTo("0.035");
        assertThat(total.payable()).isEqualTo(new BigDecimal("0.04"));
        record("c", 500_000_000L, 500_000_000L, "2026-05-03T00:00:00Z");
        assertThat(statements.of(Payer.ALL, YearMonth.of(2026, 5)).total().payable())
                .as("0.045 goes to the even cent")
                .isEqualTo(new BigDecimal("0.04"));
    }

    @Test
    void aStatementReadsAsItAlwaysDid() throws Exception {
        var may = Instant.parse("2026-05-04T05:06:07Z");
        ledger.record(Receipts.receipt("r1", "sales", Receipts.AWS_TO_AZURE, 124_444_444_012L, 123_000_000_000L, may));
        ledger.record(Receipts.receipt(
                "r2", "sales", Receipts.AWS_TO_AZURE, 9_007_199_254_740_993L, 9_007_199_254_740_993L, may));
        ledger.record(Receipts.receipt("r3", "parts", Receipts.AZURE_TO_AWS, 1, 1, may));
        ledger.record(Receipts.receipt("r4", "sales", Receipts.AWS_TO_AZURE, 77, 77, may.plus(Duration.ofDays(40))));

        assertThat(StatementText.of(statements.of(Payer.ALL, YearMonth.of(2026, 5))))
                .isEqualTo(golden("statement.txt"));
    }

    private void record(String id, long wire, long logical, String at) {
        ledger.record(Receipts.receipt(id, "sales", Receipts.AWS_TO_AWS, wire, logical, Instant.parse(at)));
    }

    private long postedTo(java.util.function.Predicate<Account> accounts) {
        List<LedgerEntry> entries = new ArrayList<>();
        store.scan(YEAR, entries::add);
        return entries.stream()
                .flatMap(entry -> entry.postings().stream())
                .filter(posting -> accounts.test(posting.account()))
                .mapToLong(posting -> posting.bytes())
                .sum();
    }

    private static List<Period> partition(Random random, int parts) {
        TreeSet<Instant> cuts = new TreeSet<>(List.of(YEAR.from(), YEAR.to()));
        for (int i = 1; i < parts; i++) cuts.add(YEAR.from().plusSeconds(random.nextInt(365 * 24 * 3600)));
        List<Period> periods = new ArrayList<>();
        for (Instant from : cuts.headSet(YEAR.to())) periods.add(new Period(from, cuts.higher(from)));
        return periods;
    }

    private static String golden(String name) throws Exception {
        try (InputStream in = StatementsTest.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
