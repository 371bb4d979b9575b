package io.sluice.sharing.query;

/** Knows at which pod a table is answered, where its index is in memory. Plugged in by the server. */
@FunctionalInterface
public interface TableHome {
    /** Throws what sends the request on, if the table is at home at another pod. */
    void enter(String tableId);

    /** Of a server without other pods. */
    TableHome HERE = tableId -> {};
}
