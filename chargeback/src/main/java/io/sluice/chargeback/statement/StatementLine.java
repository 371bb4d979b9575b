package io.sluice.chargeback.statement;

import io.sluice.chargeback.ledger.Account;
import io.sluice.chargeback.rate.UnitPrice;
import io.sluice.model.place.Lane;
import java.math.BigDecimal;
import java.util.Comparator;

/**
 * What one account owes for one replica on one lane at one price.
 *
 * @param bytes exact
 * @param gigabytes {@code bytes / 10^9}, exact
 * @param amount {@code gigabytes * price}, never rounded
 * @param runs how many receipts stand behind it
 */
public record StatementLine(
        Account account,
        Lane lane,
        String replica,
        UnitPrice price,
        long bytes,
        BigDecimal gigabytes,
        BigDecimal amount,
        int runs) {
    static final Comparator<StatementLine> ORDER = Comparator.comparing(
                    (StatementLine line) -> line.account().name())
            .thenComparing(line -> line.lane().toString())
            .thenComparing(StatementLine::replica)
            .thenComparing(line -> line.price().cardId());
}
