package io.sluice.replica;

import io.sluice.model.place.Region;
import io.sluice.replica.journal.SyncJournal;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** Copies by what the journal knows to have landed. */
final class JournalledDirectory implements ReplicaDirectory {
    private final ReplicaStore store;
    private final SyncJournal journal;

    JournalledDirectory(ReplicaStore store, SyncJournal journal) {
        this.store = store;
        this.journal = journal;
    }

    @Override
    public Optional<LiveCopy> nearest(String sourceTableId, Region region) {
        return store.ofTable(sourceTableId).stream()
                .filter(replica -> nearness(replica.region(), region)
                        > nearness(replica.lane().from(), region))
                .flatMap(this::live)
                .max(Comparator.comparingInt(
                                (LiveCopy copy) -> nearness(copy.replica().region(), region))
                        .thenComparingLong(LiveCopy::sourceVersion));
    }

    private Stream<LiveCopy> live(Replica replica) {
        return journal.lastLanded(replica.id()).stream()
                .map(landed -> new LiveCopy(replica, landed.receipt().toVersion(), landed.targetVersion()));
    }

    private static int nearness(Region place, Region reader) {
        if (place.equals(reader)) return 2;
        return place.cloud().equals(reader.cloud()) ? 1 : 0;
    }
}
