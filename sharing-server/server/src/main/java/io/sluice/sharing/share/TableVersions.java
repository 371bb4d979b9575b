package io.sluice.sharing.share;

/** Tells which version a table has now. Plugged in by the server; asks the table's store. */
@FunctionalInterface
public interface TableVersions {
    long newest(SharedTable table);
}
