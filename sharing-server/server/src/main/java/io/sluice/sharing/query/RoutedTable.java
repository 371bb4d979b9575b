package io.sluice.sharing.query;

import io.sluice.lake.table.TableSnapshot;
import io.sluice.sharing.files.KeyEpoch;
import io.sluice.sharing.files.StoredTable;
import io.sluice.sharing.files.TableFiles.OpenedTable;
import java.util.List;

/**
 * Where a query is answered from, and with what.
 *
 * @param snapshot of the log at that place, with the partitions that are shared; its own version is no business of the recipient's
 * @param version of the source that the snapshot equals, as the recipient is told it
 * @param keys must stay at their epochs while the answer goes out
 */
record RoutedTable(StoredTable place, OpenedTable opened, TableSnapshot snapshot, long version, List<KeyEpoch> keys) {
    RoutedTable {
        keys = List.copyOf(keys);
    }
}
