package io.sluice.sharing.share;

/** A table as recipients find it in a list. */
public record ListedTable(Share share, SharedAs name, GivenTable given) {
    public SharedTable table() {
        return given.table();
    }
}
