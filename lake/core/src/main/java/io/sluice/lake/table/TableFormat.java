package io.sluice.lake.table;

import java.util.Arrays;
import java.util.Optional;

/** Whose rules a table's folder follows. */
public enum TableFormat {
    DELTA,
    ICEBERG;

    /** @param name as the catalog has it, in capitals */
    public static Optional<TableFormat> find(String name) {
        return Arrays.stream(values())
                .filter(format -> format.name().equals(name))
                .findFirst();
    }
}
