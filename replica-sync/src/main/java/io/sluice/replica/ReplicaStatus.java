package io.sluice.replica;

import io.sluice.model.money.Money;
import io.sluice.model.usage.TransferReceipt;
import io.sluice.replica.journal.Totals;
import java.time.Duration;
import java.util.Optional;

/**
 * Where a replica stands.
 *
 * @param sourceVersion the source's newest version
 * @param replicaSourceVersion the source version that the replica holds, -1 before the first sync
 * @param targetVersion the replica's own version, -1 before the first sync
 * @param lastSync empty before the first sync
 */
public record ReplicaStatus(
        Replica replica,
        long sourceVersion,
        long replicaSourceVersion,
        long targetVersion,
        int files,
        long bytes,
        Optional<LastSync> lastSync,
        Totals totals,
        Money totalPrice) {
    /** Source versions that the replica does not hold yet. */
    public long lag() {
        return sourceVersion - replicaSourceVersion;
    }

    /** @param price of the logical bytes, by the rates in force then */
    public record LastSync(TransferReceipt receipt, Money price) {
        public Duration time() {
            return Duration.between(receipt.startedAt(), receipt.finishedAt());
        }
    }
}
