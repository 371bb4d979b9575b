package io.sluice.replica.sync;

import io.sluice.replica.journal.Move;
import io.sluice.replica.journal.SyncJournal;
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
    private final String attemptId;
    private final LongSupplier meter;
    private final long journalEvery;
    private final List<Move> moves = new ArrayList<>();
    private long journalled;

    UsageTally(SyncJournal journal, String attemptId, LongSupplier meter, long journalEvery) {
        this.journal = journal;
        this.attemptId = attemptId;
        this.meter = meter;
        this.journalEvery = journalEvery;
    }

    /** Bytes have been read from the source. */
    void read() {
        if (meter.getAsLong() - journalled() >= journalEvery) flush();
    }

    /** An object is at the target that was not there before. */
    synchronized void moved(String key, long bytes) {
        moves.add(new Move(attemptId, key, bytes, meter.getAsLong()));
        if (moves.size() >= MOVES_KEPT || meter.getAsLong() - journalled >= journalEvery) flush();
    }

    synchronized void flush() {
        long wire = meter.getAsLong();
        if (wire == journalled && moves.isEmpty()) return;
        journal.progress(attemptId, wire, moves);
        journalled = wire;
        moves.clear();
    }

    private synchronized long journalled() {
        return journalled;
    }
}
