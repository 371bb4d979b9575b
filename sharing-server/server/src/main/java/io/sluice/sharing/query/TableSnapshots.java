package io.sluice.sharing.query;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.sluice.lake.table.TableLog;
import io.sluice.lake.table.TableSnapshot;
import io.sluice.sharing.files.OpenTables;
import io.sluice.sharing.files.StoredTable;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the last snapshot of each table, so that an unchanged table costs one request to its store, and a crowd of
 * questions at once costs one request for all of them. Safe for many threads.
 */
public final class TableSnapshots {
    /** Of the heap; the rest is for answers under way and for the catalog. */
    private static final int HEAP_SHARE = 4;

    private final OpenTables tables;
    private final Cache<StoredTable, Slot> slots = Caffeine.newBuilder()
            .maximumWeight(kilobytes(Runtime.getRuntime().maxMemory() / HEAP_SHARE))
            .<StoredTable, Slot>weigher((table, slot) -> slot.kilobytes)
            .build();

    public TableSnapshots(OpenTables tables) {
        this.tables = tables;
    }

    /** The table as it is now: not older than this call. */
    TableSnapshot latest(StoredTable table) throws IOException {
        Slot slot = slot(table);
        return weighed(table, slot, slot.latest(tables.open(table).log()));
    }

    /** The table at a version that is known to exist. */
    TableSnapshot at(StoredTable table, long version) throws IOException {
        Slot slot = slot(table);
        return weighed(table, slot, slot.at(tables.open(table).log(), version));
    }

    /** Drops everything that was read with the scope's key. To be called when the key is withdrawn. */
    public void forget(String scope) {
        slots.asMap()
                .keySet()
                .removeIf(table -> table.sealedScope().filter(scope::equals).isPresent());
        tables.forget(scope);
    }

    /** For tests and the server's own pages. */
    public boolean holds(StoredTable table) {
        return slots.getIfPresent(table) != null;
    }

    private Slot slot(StoredTable table) {
        return slots.get(table, key -> new Slot());
    }

    /** Tells the cache what a slot weighs by now. One that was dropped meanwhile stays so. */
    private TableSnapshot weighed(StoredTable table, Slot slot, TableSnapshot found) {
        if (slot.hasChanged()) slots.asMap().computeIfPresent(table, (key, kept) -> kept);
        return found;
    }

    private static int kilobytes(long bytes) {
        return (int) Math.min(Integer.MAX_VALUE, 1 + bytes / 1024);
    }

    /**
     * One table. A check of the newest version answers everybody who asked before that check began, so whoever waited
     * for the lock first looks whether such a check has been made meanwhile.
     */
    private static final class Slot {
        /** Pages of one answer, streams and time travellers come back to the same versions. */
        private static final int MAX_PAST = 4;

        private final Map<Long, TableSnapshot> past = new LinkedHashMap<>(8, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Long, TableSnapshot> eldest) {
                return size() > MAX_PAST;
            }
        };

        private volatile long checksBegun;
        private volatile int kilobytes;
        private volatile boolean hasChanged;
        private long lastGoodCheck;
        private @Nullable TableSnapshot newest;

        TableSnapshot latest(TableLog log) throws IOException {
            long asked = checksBegun;
            synchronized (this) {
                TableSnapshot known = newest;
                if (known != null && lastGoodCheck > asked) return known;
                long check = begin();
                TableSnapshot found = known == null ? log.snapshot() : log.newest(known);
                if (found != known) replaceNewest(found);
                lastGoodCheck = check;
                return found;
            }
        }

        synchronized TableSnapshot at(TableLog log, long version) throws IOException {
            TableSnapshot known = newest;
            if (known != null && known.version() == version) return known;
            TableSnapshot before = past.get(version);
            if (before != null) return before;
            TableSnapshot found = log.snapshot(version);
            if (known == null || known.version() < version) replaceNewest(found);
            else keepPast(found);
            return found;
        }

        private void replaceNewest(TableSnapshot found) {
            TableSnapshot before = newest;
            newest = found;
            if (before != null && before.version() < found.version()) keepPast(before);
            // The log was replaced: what was read of the old one is of another table.
            else past.clear();
            weigh();
        }

        private void keepPast(TableSnapshot found) {
            past.put(found.version(), found);
            weigh();
        }

        private void weigh() {
            long bytes = newest == null ? 0 : newest.files().residentBytes();
            // Versions share most of their rows; counting some of them twice errs on the safe side.
            for (TableSnapshot snapshot : past.values())
                bytes += snapshot.files().residentBytes();
            kilobytes = TableSnapshots.kilobytes(bytes);
            hasChanged = true;
        }

        boolean hasChanged() {
            boolean changed = hasChanged;
            hasChanged = false;
            return changed;
        }

        private long begin() {
            long check = checksBegun + 1;
            checksBegun = check;
            return check;
        }
    }
}
