package io.sluice.sharing.query;

import io.sluice.sharing.share.ShareName;
import io.sluice.sharing.share.SharedAs;

/** A table as recipients name it: {@code share.schema.table}. */
public record TableAddress(ShareName share, SharedAs table) {
    public static TableAddress of(String share, String schema, String table) {
        return new TableAddress(ShareName.of(share), new SharedAs(schema, table));
    }

    @Override
    public String toString() {
        return share + "." + table;
    }
}
