package io.sluice.sharing.query;

import io.sluice.lake.table.TableSnapshot;
import io.sluice.sharing.files.StoredTable;
import java.util.Optional;

/**
 * Brings the index of a table along when the table gets another home, so that it need not be read from the log as a
 * whole. It may forget anything; and what it brings may be old, so the log is asked what came since.
 */
public interface IndexCarrier {
    /** What the pods before this one knew of the table. */
    Optional<TableSnapshot> find(StoredTable table);

    /** To be taken along if the table moves. */
    void offer(StoredTable table, TableSnapshot newest);

    /** Of a server without other pods. */
    IndexCarrier NONE = new IndexCarrier() {
        @Override
        public Optional<TableSnapshot> find(StoredTable table) {
            return Optional.empty();
        }

        @Override
        public void offer(StoredTable table, TableSnapshot newest) {}
    };
}
