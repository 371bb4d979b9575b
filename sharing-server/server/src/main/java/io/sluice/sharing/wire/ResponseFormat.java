package io.sluice.sharing.wire;

import java.util.Locale;

/** How the lines of an answer tell of a table. */
public enum ResponseFormat {
    /** Files that anybody can read as they are. */
    PARQUET,
    /** Actions of Delta's log, which only readers of Delta understand. */
    DELTA;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
