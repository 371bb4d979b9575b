package io.sluice.sharing.query;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.sluice.lake.table.TableSnapshot;
import io.sluice.sharing.files.OpenTables;
import io.sluice.sharing.files.StoredTable;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/**
 * Keeps tables between questions, so that an unchanged table costs one request to its store, and a crowd of questions
 * at once costs few for all of them. Those not used for longest go when memory gets short. Safe for many threads.
 */
public final class TableSnapshots {
    /** Of the heap; the rest is for answers under way and for the catalog. */
    private static final int HEAP_SHARE = 4;

    /** Even of a table without files. */
    private static final int SLOT_BYTES = 4096;

    private final OpenTables tables;
    private final IndexCarrier carrier;
    private final LongAdder loads = new LongAdder();
    private final LongAdder brought = new LongAdder();
    private final Cache<StoredTable, TableSlot> slots = Caffeine.newBuilder()
            .maximumWeight(kilobytes(Runtime.getRuntime().maxMemory() / HEAP_SHARE))
            .<StoredTable, TableSlot>weigher((table, slot) -> kilobytes(SLOT_BYTES + slot.residentBytes()))
            .build();

    public TableSnapshots(OpenTables tables, IndexCarrier carrier) {
        this.tables = tables;
        this.carrier = carrier;
    }

    /** The table as it is now: not older than this call. */
    TableSnapshot latest(StoredTable table) throws IOException {
        TableSlot slot = slot(table);
        long before = slot.residentBytes();
        TableSnapshot found = slot.latest(tables.open(table).log());
        weigh(table, slot, before);
        return found;
    }

    /** The table at a version that is known to exist. */
    TableSnapshot at(StoredTable table, long version) throws IOException {
        TableSlot slot = slot(table);
        long before = slot.residentBytes();
        TableSnapshot found = slot.at(tables.open(table).log(), version);
        weigh(table, slot, before);
        return found;
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

    /** How often the log of a table was read as a whole. */
    public long loads() {
        return loads.sum();
    }

    /** How often that was not needed, because another pod's index came along. */
    public long brought() {
        return brought.sum();
    }

    private TableSlot slot(StoredTable table) {
        return slots.get(table, key -> new TableSlot(new Origin(table)));
    }

    /** Where what a slot keeps comes from, apart from the tail of the log. */
    private final class Origin implements TableSlot.Origin {
        private final StoredTable table;

        Origin(StoredTable table) {
            this.table = table;
        }

        @Override
        public Optional<TableSnapshot> brought() {
            Optional<TableSnapshot> found = carrier.find(table);
            if (found.isPresent()) brought.increment();
            return found;
        }

        @Override
        public void loaded() {
            loads.increment();
        }

        @Override
        public void isNewest(TableSnapshot snapshot) {
            carrier.offer(table, snapshot);
        }
    }

    /** The cache weighs what is put into it. A slot that was dropped meanwhile stays so. */
    private void weigh(StoredTable table, TableSlot slot, long before) {
        if (slot.residentBytes() != before) slots.asMap().replace(table, slot, slot);
    }

    private static int kilobytes(long bytes) {
        return (int) Math.min(Integer.MAX_VALUE, 1 + bytes / 1024);
    }
}
