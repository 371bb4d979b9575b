package io.sluice.sharing.query;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.sluice.lake.table.TableLog;
import io.sluice.lake.table.TableSnapshot;
import io.sluice.sharing.files.OpenTables;
import io.sluice.sharing.files.StoredTable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the last snapshot of each table, so that an unchanged table costs one request to its store, and a crowd of
 * questions at once costs one request for all of them. Safe for many threads.
 */
public final class TableSnapshots {
    /** Snapshots hold every file line in memory; this many tables of usual size fit into a small heap. */
    private static final int MAX_TABLES = 256;

    private final OpenTables tables;
    private final Cache<StoredTable, Slot> slots =
            Caffeine.newBuilder().maximumSize(MAX_TABLES).build();

    public TableSnapshots(OpenTables tables) {
        this.tables = tables;
    }

    /** The table as it is now: not older than this call. */
    TableSnapshot latest(StoredTable table) throws IOException {
        return slot(table).latest(tables.open(table).log());
    }

    /** The table at a version that is known to exist. */
    TableSnapshot at(StoredTable table, long version) throws IOException {
        return slot(table).at(tables.open(table).log(), version);
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

    /**
     * One table. A check of the newest version answers everybody who asked before that check began, so whoever waited
     * for the lock first looks whether such a check has been made meanwhile.
     */
    private static final class Slot {
        private volatile long checksBegun;
        private long lastGoodCheck;
        private @Nullable TableSnapshot newest;

        TableSnapshot latest(TableLog log) throws IOException {
            long asked = checksBegun;
            synchronized (this) {
                TableSnapshot known = newest;
                if (known != null && lastGoodCheck > asked) return known;
                long check = begin();
                TableSnapshot found =
                        known != null && log.latestVersion(known.version()) == known.version() ? known : log.snapshot();
                newest = found;
                lastGoodCheck = check;
                return found;
            }
        }

        synchronized TableSnapshot at(TableLog log, long version) throws IOException {
            TableSnapshot known = newest;
            if (known != null && known.version() == version) return known;
            TableSnapshot found = log.snapshot(version);
            if (known == null || known.version() < version) newest = found;
            return found;
        }

        private long begin() {
            long check = checksBegun + 1;
            checksBegun = check;
            return check;
        }
    }
}
