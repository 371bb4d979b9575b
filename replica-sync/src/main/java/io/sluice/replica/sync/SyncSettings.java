package io.sluice.replica.sync;

import io.sluice.model.usage.ByteCount;

/**
 * How a sync works.
 *
 * @param workers files copied at once, 1 to 64; each holds one buffer
 * @param journalEvery wire bytes after which the journal is told; what a killed process has read since is on no receipt
 * @param checkpointEvery replica versions between checkpoints of its log
 * @param proof how copied objects are checked
 */
public record SyncSettings(int workers, ByteCount journalEvery, int checkpointEvery, Proof proof) {
    public static final SyncSettings DEFAULT = new SyncSettings(4, ByteCount.of(64L * 1024 * 1024), 10, Proof.LENGTH);

    public SyncSettings {
        if (workers < 1 || workers > 64)
            throw new IllegalArgumentException("workers: " + workers + ", expected 1 to 64");
        if (checkpointEvery < 1) throw new IllegalArgumentException("checkpointEvery: " + checkpointEvery);
    }

    /** What is asked of an object after it was copied. */
    public enum Proof {
        /** It exists and is as long as the source's. The store itself has checked the bytes on their way in. */
        LENGTH,
        /** Its bytes read back have the CRC-32C of those sent. Reads from the target, which may cost there. */
        READ_BACK
    }
}
