/**
 * The bill for the bytes that moved. Bytes come first: {@link io.sluice.chargeback.ledger.Ledger} keeps balanced,
 * append-only postings. Money comes second: {@link io.sluice.chargeback.rate.RateCards} says what a byte costs at a
 * time, and {@link io.sluice.chargeback.statement.Statements} brings the two together.
 *
 * <p>No floating-point number occurs in this module: bytes are {@code long} with exact arithmetic, quantities and
 * amounts are unrounded {@code BigDecimal}, and only the last line of a statement is rounded.
 */
@NullMarked
package io.sluice.chargeback;

import org.jspecify.annotations.NullMarked;
