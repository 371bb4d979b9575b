package io.sluice.chargeback.statement;

import io.sluice.chargeback.ledger.Account;
import io.sluice.chargeback.ledger.LedgerEntry;
import io.sluice.chargeback.ledger.LedgerStore;
import io.sluice.chargeback.ledger.Period;
import io.sluice.chargeback.rate.RateCards;
import io.sluice.chargeback.rate.UnitPrice;
import io.sluice.model.place.Lane;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Adds up postings and prices them by the card in force when the bytes moved. Changes nothing. */
public final class Statements {
    private final LedgerStore ledger;
    private final RateCards rates;

    public Statements(LedgerStore ledger, RateCards rates) {
        this.ledger = ledger;
        this.rates = rates;
    }

    /** A calendar month in UTC. */
    public Statement of(Payer payer, YearMonth month) {
        return of(payer, Period.of(month));
    }

    public Statement of(Payer payer, Period period) {
        Sums sums = new Sums();
        ledger.scan(period, entry -> {
            if (payer.covers(entry.receipt().producer())) sums.add(entry);
        });
        List<StatementLine> charges = sums.lines(Account::isProducer);
        List<StatementLine> waste = sums.lines(Account.RETRY_WASTE::equals);
        return new Statement(
                payer, period, charges, Total.of(charges, rates.currency()), waste, Total.of(waste, rates.currency()));
    }

    private record Key(Account account, Lane lane, String replica, UnitPrice price) {}

    private record Sum(long bytes, int runs) {
        Sum plus(long more) {
            return new Sum(Math.addExact(bytes, more), runs + 1);
        }
    }

    private final class Sums {
        private final Map<Key, Sum> sums = new HashMap<>();

        void add(LedgerEntry entry) {
            // A run that gained files without moving any still shows, with zero bytes.
            addDebit(entry, Account.producer(entry.receipt().producer()));
            if (entry.debitOf(Account.RETRY_WASTE) != 0) addDebit(entry, Account.RETRY_WASTE);
        }

        List<StatementLine> lines(Predicate<Account> accounts) {
            return sums.entrySet().stream()
                    .filter(sum -> accounts.test(sum.getKey().account()))
                    .map(sum -> line(sum.getKey(), sum.getValue()))
                    .sorted(StatementLine.ORDER)
                    .toList();
        }

        private void addDebit(LedgerEntry entry, Account account) {
            Lane lane = entry.receipt().lane();
            Key key = new Key(account, lane, entry.receipt().replica(), rates.price(lane, entry.occurredAt()));
            Sum before = sums.getOrDefault(key, new Sum(0, 0));
            sums.put(key, before.plus(entry.debitOf(account)));
        }

        private StatementLine line(Key key, Sum sum) {
            return new StatementLine(
                    key.account(),
                    key.lane(),
                    key.replica(),
                    key.price(),
                    sum.bytes(),
                    UnitPrice.gigabytes(sum.bytes()),
                    key.price().amountOf(sum.bytes()),
                    sum.runs());
        }
    }
}
