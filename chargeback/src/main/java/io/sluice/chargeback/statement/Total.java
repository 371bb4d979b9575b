package io.sluice.chargeback.statement;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;
import java.util.List;

/**
 * The end of a list of lines.
 *
 * @param amount the exact sum of the lines
 * @param payable the only rounded figure of a statement: half to even, to the currency's minor unit
 */
public record Total(long bytes, BigDecimal amount, BigDecimal payable, String currency) {
    static Total of(List<StatementLine> lines, String currency) {
        long bytes = 0;
        BigDecimal amount = BigDecimal.ZERO;
        for (StatementLine line : lines) {
            bytes = Math.addExact(bytes, line.bytes());
            amount = amount.add(line.amount());
        }
        return new Total(bytes, amount, toMinorUnit(amount, currency), currency);
    }

    private static BigDecimal toMinorUnit(BigDecimal amount, String currency) {
        return amount.setScale(Currency.getInstance(currency).getDefaultFractionDigits(), RoundingMode.HALF_EVEN);
    }
}
