package io.sluice.replica.sync;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.lake.table.DataFile;
import io.sluice.lake.table.TableSnapshot;
import io.sluice.replica.plan.FileDifference;

/** Compares a replica, read as any reader reads it, with its source. */
final class ReplicaProof {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ReplicaProof() {}

    static void check(TableSnapshot source, TableSnapshot replica) {
        FileDifference difference = FileDifference.between(replica.files(), source.files());
        if (!difference.isEmpty())
            throw new IllegalStateException("replica version " + replica.version()
                    + " was committed for source version "
                    + source.version() + " but lacks " + difference.added().size() + " of its files and has "
                    + difference.removed().size() + " others");
        if (rows(source) != rows(replica))
            throw new IllegalStateException("replica version " + replica.version() + " has " + rows(replica)
                    + " rows, source version " + source.version() + " has " + rows(source));
    }

    /** As the statistics count them; files without statistics count as nothing on both sides. */
    private static long rows(TableSnapshot table) {
        return table.files().stream().mapToLong(ReplicaProof::rows).sum();
    }

    private static long rows(DataFile file) {
        long deleted = file.add().path("deletionVector").path("cardinality").asLong(0);
        try {
            long records = JSON.readTree(file.add().path("stats").asText("{}"))
                    .path("numRecords")
                    .asLong(0);
            return Math.max(0, records - deleted);
        } catch (JsonProcessingException e) {
            return 0;
        }
    }
}
