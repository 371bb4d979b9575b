package io.sluice.sharing.query;

import io.sluice.lake.table.TableLog;
import io.sluice.lake.table.TableSnapshot;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of one table. Safe for many threads.
 *
 * <p>A look at the newest version answers everybody who asked before that look began; who comes later gathers for the
 * next one. After a look that answered a crowd, the next one waits until as many are back, or a moment: those who were
 * answered come back at once, and if it began without them, they would have to wait for its end and for another one.
 */
final class TableSlot {
    private static final int GATHERINGS_PER_LOOK = 2;
    private static final long LONGEST_GATHERING_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    /** Pages of one answer, streams and time travellers come back to the same versions. */
    private static final int MAX_PAST = 4;

    private final Origin origin;
    private final Object loading = new Object();
    private final Map<Long, TableSnapshot> past = new LinkedHashMap<>(8, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, TableSnapshot> eldest) {
            return size() > MAX_PAST;
        }
    };

    private @Nullable CompletableFuture<TableSnapshot> gathering;
    private int gathered;
    private int lastCrowd;
    private boolean isLooking;
    private long nextLookAfter = System.nanoTime();
    private @Nullable TableSnapshot newest;

    /** Where a table's first snapshot comes from, and who hears of the newest one. */
    interface Origin {
        /** An older one that somebody else had. */
        Optional<TableSnapshot> brought();

        /** A log was read as a whole. */
        void loaded();

        void isNewest(TableSnapshot snapshot);
    }

    TableSlot(Origin origin) {
        this.origin = origin;
    }

    /** The table as it is now: not older than this call. */
    TableSnapshot latest(TableLog log) throws IOException {
        CompletableFuture<TableSnapshot> look;
        boolean isFirst;
        synchronized (this) {
            isFirst = gathering == null;
            if (gathering == null) gathering = new CompletableFuture<>();
            gathered++;
            if (gathered == lastCrowd) notifyAll();
            look = gathering;
        }
        if (isFirst) look(log, look);
        return answer(look);
    }

    /** The table at a version that is known to exist. */
    TableSnapshot at(TableLog log, long version) throws IOException {
        synchronized (loading) {
            TableSnapshot known = kept(version);
            if (known != null) return known;
            origin.loaded();
            return keep(log.snapshot(version));
        }
    }

    /** What it costs to keep all this. Versions share most of their rows; counting some twice errs on the safe side. */
    synchronized long residentBytes() {
        long bytes = newest == null ? 0 : newest.files().residentBytes();
        for (TableSnapshot snapshot : past.values()) bytes += snapshot.files().residentBytes();
        return bytes;
    }

    private void look(TableLog log, CompletableFuture<TableSnapshot> look) {
        boolean isCrowd = begin() > 1;
        long begun = System.nanoTime();
        try {
            look.complete(lookAt(log));
        } catch (IOException | RuntimeException e) {
            look.completeExceptionally(e);
        } catch (Error e) {
            look.completeExceptionally(e);
            throw e;
        } finally {
            end(System.nanoTime() - begun, isCrowd);
        }
    }

    /** Waits for its turn, and answers how many gathered. Who asks from then on gathers for another look. */
    private synchronized int begin() {
        try {
            while (isLooking) wait();
            for (long left = gatheringLeft(); left > 0 && gathered < lastCrowd; left = gatheringLeft())
                TimeUnit.NANOSECONDS.timedWait(this, left);
        } catch (InterruptedException e) {
            // The others who gathered still want their answer.
            Thread.currentThread().interrupt();
        }
        lastCrowd = gathered;
        gathering = null;
        gathered = 0;
        isLooking = true;
        return lastCrowd;
    }

    private long gatheringLeft() {
        return nextLookAfter - System.nanoTime();
    }

    private synchronized void end(long lookNanos, boolean wasCrowd) {
        isLooking = false;
        long wait = wasCrowd ? Math.min(lookNanos / GATHERINGS_PER_LOOK, LONGEST_GATHERING_NANOS) : 0;
        nextLookAfter = System.nanoTime() + wait;
        notifyAll();
    }

    private TableSnapshot lookAt(TableLog log) throws IOException {
        TableSnapshot known = newest();
        if (known == null) {
            synchronized (loading) {
                known = newest();
                if (known == null) return first(log);
            }
        }
        TableSnapshot found = log.newest(known);
        if (found == known) return known;
        TableSnapshot now = replaced(known, found);
        origin.isNewest(now);
        return now;
    }

    private TableSnapshot first(TableLog log) throws IOException {
        Optional<TableSnapshot> brought = origin.brought();
        if (brought.isEmpty()) origin.loaded();
        TableSnapshot found = brought.isPresent() ? log.newest(brought.get()) : log.snapshot();
        origin.isNewest(found);
        return keep(found);
    }

    private static TableSnapshot answer(CompletableFuture<TableSnapshot> look) throws IOException {
        try {
            return look.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof IOException failed) throw failed;
            if (e.getCause() instanceof RuntimeException refused) throw refused;
            throw e;
        }
    }

    private synchronized @Nullable TableSnapshot newest() {
        return newest;
    }

    private synchronized @Nullable TableSnapshot kept(long version) {
        return newest != null && newest.version() == version ? newest : past.get(version);
    }

    private synchronized TableSnapshot keep(TableSnapshot found) {
        if (newest == null || newest.version() < found.version()) newest = found;
        else past.put(found.version(), found);
        return found;
    }

    private synchronized TableSnapshot replaced(TableSnapshot known, TableSnapshot found) {
        boolean isOvertaken = newest != known && newest != null && newest.version() >= found.version();
        if (isOvertaken) return found;
        if (known.version() < found.version()) past.put(known.version(), known);
        // The log was replaced: what was read of the old one is of another table.
        else past.clear();
        newest = found;
        return found;
    }
}
