package io.sluice.model.usage;

import io.sluice.model.place.Lane;
import java.time.Instant;

/**
 * What one sync moved. Written when the replica's commit is known to have landed, and delivered at least once: the
 * {@code id} says which deliveries are the same receipt.
 *
 * @param id permanent idempotency key
 * @param replica name of the replica that was brought up to date
 * @param producer who pays for the logical bytes
 * @param fromVersion source version that the replica held before, -1 for none
 * @param toVersion source version that it holds now
 * @param wire body bytes read from the source store, every attempt, aborted ones too
 * @param logical sizes of the files that the replica gained; the difference to wire is our own waste
 * @param files number of files that the replica gained
 */
public record TransferReceipt(
        String id,
        String replica,
        String producer,
        Lane lane,
        long fromVersion,
        long toVersion,
        ByteCount wire,
        ByteCount logical,
        int files,
        Instant startedAt,
        Instant finishedAt) {}
