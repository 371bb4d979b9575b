package io.sluice.sharing.files;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.sluice.sharing.files.TableFiles.OpenedTable;
import java.io.IOException;

/** Keeps opened tables, since opening may build clients and unwrap keys. Safe for many threads. */
public final class OpenTables {
    /** An opened table holds no files and no connections; this bounds forgotten ones. */
    private static final int MAX_TABLES = 4096;

    private final TableFiles files;
    private final Cache<StoredTable, OpenedTable> opened =
            Caffeine.newBuilder().maximumSize(MAX_TABLES).build();

    public OpenTables(TableFiles files) {
        this.files = files;
    }

    public OpenedTable open(StoredTable table) throws IOException {
        OpenedTable known = opened.getIfPresent(table);
        if (known != null) return known;
        // Two threads may both open; the later one wins and the other's is dropped, which costs less than a lock.
        OpenedTable fresh = files.open(table);
        opened.put(table, fresh);
        return fresh;
    }

    /** Drops all that was opened with the scope's key. */
    public void forget(String scope) {
        opened.asMap()
                .keySet()
                .removeIf(table -> table.sealedScope().filter(scope::equals).isPresent());
    }
}
