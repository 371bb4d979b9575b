package io.sluice.chargeback.rate;

import java.math.BigDecimal;

/**
 * A price per gigabyte, and the card it is from. A gigabyte is 10^9 bytes, as on the providers' price lists.
 *
 * @param perGigabyte in whole units of the currency, unrounded
 */
public record UnitPrice(String cardId, BigDecimal perGigabyte, String currency) {
    private static final int BYTES_PER_GIGABYTE_AS_POWER_OF_TEN = 9;

    /** Exactly {@code bytes / 10^9}. */
    public static BigDecimal gigabytes(long bytes) {
        return BigDecimal.valueOf(bytes, BYTES_PER_GIGABYTE_AS_POWER_OF_TEN);
    }

    /** Exact: nothing is rounded here. */
    public BigDecimal amountOf(long bytes) {
        return gigabytes(bytes).multiply(perGigabyte);
    }
}
