package io.sluice.sharing.share;

import java.util.List;

/** Tells what only a table's log knows. Plugged in by the server; asks the table's store. */
public interface TableLogs {
    long newest(SharedTable table);

    /** By the names that people use. */
    List<String> partitionColumns(SharedTable table);
}
