package io.sluice.catalog.snapshot;

import io.sluice.catalog.record.Grants;
import io.sluice.catalog.record.TableRecord;

/** @param body the table as the wire shows it, serialised once when the table changes and sent as it is */
public record TableNode(TableRecord table, Grants grants, byte[] body) {

    static TableNode of(TableRecord table, Grants grants) {
        return new TableNode(table, grants, WireBodies.of(table));
    }

    TableNode with(Grants newGrants) {
        return new TableNode(table, newGrants, body);
    }
}
