/** Receipts as double entry in bytes: append-only, exactly once, chained by hashes. */
@NullMarked
package io.sluice.chargeback.ledger;

import org.jspecify.annotations.NullMarked;
