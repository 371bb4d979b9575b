package io.sluice.lake.iceberg;

import java.time.Instant;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.util.SnapshotUtil;

/** The snapshots that led to a table's current one, as versions. Others, such as those of branches, are none. */
record TableLine(TableMetadata metadata, NavigableMap<Long, Snapshot> snapshots) {
    /** Far beyond what a table keeps; numbers that span more are nobody's. */
    private static final long MOST_VERSIONS = 1_000_000;

    static TableLine of(TableMetadata metadata) {
        NavigableMap<Long, Snapshot> snapshots = new TreeMap<>();
        Snapshot current = metadata.currentSnapshot();
        if (current != null)
            for (Snapshot snapshot : SnapshotUtil.ancestorsOf(current.snapshotId(), metadata::snapshot))
                // Those of a table's first format version have no number. They are older than all that have one, and
                // the newest of them stands for them all.
                snapshots.putIfAbsent(snapshot.sequenceNumber(), snapshot);
        TableLine line = new TableLine(metadata, snapshots);
        if (line.newest() - line.oldest() > MOST_VERSIONS)
            throw new IllegalArgumentException(
                    "snapshots have the sequence numbers from " + line.oldest() + " to " + line.newest());
        return line;
    }

    long oldest() {
        return snapshots.isEmpty() ? 0 : snapshots.firstKey();
    }

    long newest() {
        return snapshots.isEmpty() ? 0 : snapshots.lastKey();
    }

    boolean holds(long version) {
        return version >= oldest() && version <= newest();
    }

    /** The snapshot that was current at a version. Empty for a table without any. */
    Optional<Snapshot> at(long version) {
        return Optional.ofNullable(snapshots.floorEntry(version)).map(entry -> entry.getValue());
    }

    Instant timeOf(long version) {
        return at(version)
                .map(snapshot -> Instant.ofEpochMilli(snapshot.timestampMillis()))
                .orElseGet(() -> Instant.ofEpochMilli(metadata.lastUpdatedMillis()));
    }

    /** When a file came into the table, as far back as snapshots are kept; else 0. */
    long addedMillis(long sequenceNumber) {
        Snapshot snapshot = snapshots.get(sequenceNumber);
        return snapshot == null ? 0 : snapshot.timestampMillis();
    }
}
