package io.sluice.model.money;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** An amount in millionths of a currency's unit. */
public record Money(long micros, String currency) {
    private static final BigDecimal MICROS_PER_UNIT = BigDecimal.valueOf(1_000_000);

    /** Rounds half to even at the sixth decimal. Bills round only at their last line, to the currency's minor unit. */
    public static Money rounded(BigDecimal amount, String currency) {
        long micros = amount.multiply(MICROS_PER_UNIT)
                .setScale(0, RoundingMode.HALF_EVEN)
                .longValueExact();
        return new Money(micros, currency);
    }

    public static Money zero(String currency) {
        return new Money(0, currency);
    }

    public Money plus(Money other) {
        if (!currency.equals(other.currency))
            throw new IllegalArgumentException("cannot add " + other.currency + " to " + currency);
        return new Money(Math.addExact(micros, other.micros), currency);
    }

    public BigDecimal amount() {
        return BigDecimal.valueOf(micros, 6);
    }

    @Override
    public String toString() {
        return amount().stripTrailingZeros().toPlainString() + " " + currency;
    }
}
