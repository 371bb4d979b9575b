/**
 * Copies of tables in other clouds, and how they follow their source. Start with {@link io.sluice.replica.Replicas};
 * {@link io.sluice.replica.sync.SyncMachine} decides what a sync does next, {@link io.sluice.replica.sync.SyncRunner}
 * does it, and {@link io.sluice.replica.journal.SyncJournal} remembers which bytes have crossed and which of them are
 * on a receipt.
 */
@NullMarked
package io.sluice.replica;

import org.jspecify.annotations.NullMarked;
