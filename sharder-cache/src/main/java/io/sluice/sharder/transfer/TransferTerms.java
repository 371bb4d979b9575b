package io.sluice.sharder.transfer;

import java.time.Duration;

/**
 * The constants of a transfer.
 *
 * @param chunkBytes what is asked for at once
 * @param poll the pause between two looks at what changed, once caught up
 * @param patience how long an answer may take
 * @param firstBackoff the pause after a first failure; doubles with each further one
 * @param longestBackoff the bound of that
 * @param mostFailures so many in a row end the transfer
 * @param mostRestarts so many lost cursors end it, too
 */
public record TransferTerms(
        int chunkBytes,
        Duration poll,
        Duration patience,
        Duration firstBackoff,
        Duration longestBackoff,
        int mostFailures,
        int mostRestarts) {
    public static final TransferTerms STANDARD = new TransferTerms(
            256 << 10,
            Duration.ofMillis(100),
            Duration.ofSeconds(5),
            Duration.ofMillis(100),
            Duration.ofSeconds(2),
            8,
            3);

    public TransferTerms {
        if (chunkBytes < 1) throw new IllegalArgumentException("a chunk of " + chunkBytes + " bytes holds nothing");
        if (mostFailures < 1 || mostRestarts < 0)
            throw new IllegalArgumentException("a transfer must be allowed to fail at least once");
    }

    /** @param failures in a row, this one included */
    long backoffNanos(int failures) {
        return Math.min(longestBackoff.toNanos(), firstBackoff.toNanos() << Math.min(failures - 1, 20));
    }
}
