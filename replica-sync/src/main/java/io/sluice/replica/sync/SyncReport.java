package io.sluice.replica.sync;

import io.sluice.model.money.Money;
import io.sluice.model.usage.TransferReceipt;
import java.time.Duration;

/**
 * What a sync did.
 *
 * @param copied objects that were moved
 * @param reused objects that were needed and at the target already
 * @param removed files that left the replica
 * @param price of the logical bytes, which are what the producer pays for
 */
public record SyncReport(
        TransferReceipt receipt, long targetVersion, int copied, int reused, int removed, Duration time, Money price) {}
