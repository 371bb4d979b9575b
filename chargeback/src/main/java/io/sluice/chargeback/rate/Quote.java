package io.sluice.chargeback.rate;

import io.sluice.model.money.Money;
import io.sluice.model.place.Lane;
import java.math.BigDecimal;

/**
 * What a number of bytes over a lane would cost.
 *
 * @param amount unrounded
 */
public record Quote(Lane lane, long bytes, UnitPrice price, BigDecimal amount) {
    /** For showing: rounded half to even at the sixth decimal. */
    public Money money() {
        return Money.rounded(amount, price.currency());
    }
}
