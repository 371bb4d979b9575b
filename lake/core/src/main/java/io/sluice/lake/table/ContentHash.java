package io.sluice.lake.table;

/**
 * What a table's rows are, whatever their order and files: equal hashes mean equal bags of rows.
 *
 * @param hash 64 hexadecimal digits
 */
public record ContentHash(long rows, String hash) {
    @Override
    public String toString() {
        return rows + " rows, " + hash;
    }
}
