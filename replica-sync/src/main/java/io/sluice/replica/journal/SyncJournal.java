package io.sluice.replica.journal;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Remembers which bytes have crossed and on which receipt they stand, so that the wire bytes of all receipts add up to
 * what the source's meter saw, whatever crashes. Safe for use by many threads and many syncers.
 *
 * <p>The life of a byte: {@link #progress} notes it under its attempt; {@link #prepare} lets a receipt claim it; when
 * that receipt's commit is found in the target's log, {@link #landed} books it for good. A receipt whose version
 * another commit took is {@link #lost}, and its bytes are open for the next one.
 */
public interface SyncJournal {
    void open(String attemptId, String replicaId, Instant startedAt);

    /**
     * @param wireBytes what the attempt has read from the source since its beginning; never goes back
     * @param moved files it brought to the target since the last call
     */
    void progress(String attemptId, long wireBytes, List<Move> moved);

    /** What no landed receipt has booked. */
    OpenUsage openUsage(String replicaId);

    /**
     * Notes a receipt before its commit is tried. Answers false, and notes nothing, when what it claims has been booked
     * meanwhile: ask for {@link #openUsage} again.
     */
    boolean prepare(UsageManifest manifest);

    /**
     * Books claims on a receipt that needs no commit, because nothing is left to sync and the bytes were wasted. Answers
     * false, and books nothing, when they are booked already or a prepared receipt may claim them.
     */
    boolean bookWaste(UsageManifest manifest);

    /** The commit is in the target's log. Books its claims; doing so twice, or after {@link #lost}, is the same. */
    void landed(UsageManifest manifest);

    /** Another commit is this version: receipts that were prepared for it never came true. */
    void lost(String replicaId, long targetVersion);

    void delivered(String receiptId);

    /** Receipts in a state, in the order of their target versions. */
    List<UsageManifest> receipts(String replicaId, ReceiptState state);

    /** The last receipt with a commit that is known to have landed: where the replica stands. */
    default Optional<UsageManifest> lastLanded(String replicaId) {
        return recent(replicaId, 1).stream().findFirst();
    }

    /** The newest receipts with a commit that landed, newest first. */
    List<UsageManifest> recent(String replicaId, int limit);

    Totals totals(String replicaId);
}
