package io.sluice.catalog.snapshot;

import io.sluice.catalog.record.Grants;
import io.sluice.catalog.record.TableRecord;

/**
 * A table in memory: what a check needs, and the rest packed as the wire shows it. There are hundreds of thousands of
 * these.
 */
public final class TableNode {
    /** What the object, its name and its place in a range take beside the packed body. */
    private static final int OVERHEAD_BYTES = 160;

    private final PackedBody packed;
    private final String owner;
    private final long version;
    private final Grants grants;

    private TableNode(PackedBody packed, String owner, long version, Grants grants) {
        this.packed = packed;
        this.owner = owner;
        this.version = version;
        this.grants = grants;
    }

    /** A table as nothing was granted on it yet. */
    public static TableNode of(TableRecord table) {
        return of(table, Grants.NONE);
    }

    static TableNode of(TableRecord table, Grants grants) {
        // Few principals own many tables.
        return new TableNode(PackedBody.of(WireBodies.of(table)), table.owner().intern(), table.version(), grants);
    }

    TableNode with(Grants newGrants) {
        return new TableNode(packed, owner, version, newGrants);
    }

    /** The table as the wire shows it. */
    public byte[] body() {
        return packed.unpacked();
    }

    /** Read out of the packed body: for writers and single look-ups, not for scans. */
    public TableRecord table() {
        return WireBodies.table(body(), version);
    }

    public long version() {
        return version;
    }

    public String owner() {
        return owner;
    }

    public Grants grants() {
        return grants;
    }

    int bytes() {
        return packed.size() + OVERHEAD_BYTES;
    }
}
