package io.sluice.replica.sync;

import io.sluice.replica.journal.Move;
import io.sluice.replica.journal.SyncJournal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Keeps the journal close behind the meter. Safe for use by all workers of an attempt.
 *
 * <p>The bound: a process that is killed leaves at most {@code journalEvery} bytes plus one buffer for each worker
 * without a receipt. A sync that merely fails leaves none, because it flushes on its way out.
 */
final class UsageTally {
    private static final int MOVES_KEPT = 256;

    private final SyncJournal journal;
    private final Attempt attempt;
    private final LongSupplier meter;
    private final long journalEvery;
    private final List<Move> moves = new ArrayList<>();
    private long movedBytes;
    private boolean open;
    private volatile long journalled;

    UsageTally(SyncJournal journal, Attempt attempt, LongSupplier meter, long journalEvery) {
        this.journal = journal;
        this.attempt = attempt;
        this.meter = meter;
        this.journalEvery = journalEvery;
    }

    /** Bytes have been read from the source. */
    void read() {
        if (meter.getAsLong() - journalled >= journalEvery) flush();
    }

    /** An object is at the target that was not there before. */
    synchronized void moved(String key, long bytes) {
        moves.add(new Move(attempt.id(), key, bytes, meter.getAsLong()));
        movedBytes += bytes;
        if (moves.size() >= MOVES_KEPT || movedBytes >= journalEvery) flush();
    }

    /** The journal hears of the attempt when there is something to tell: a sync with nothing new writes nothing. */
    synchronized void flush() {
        long wire = meter.getAsLong();
        if (wire == journalled && moves.isEmpty()) return;
        if (!open) journal.open(attempt.id(), attempt.replicaId(), attempt.startedAt());
        open = true;
        journal.progress(attempt.id(), wire, moves);
        journalled = wire;
        moves.clear();
        movedBytes = 0;
    }

    /** One run of a sync. */
    record Attempt(String id, String replicaId, Instant startedAt) {}
}
