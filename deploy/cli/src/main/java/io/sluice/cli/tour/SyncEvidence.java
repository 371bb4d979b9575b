package io.sluice.cli.tour;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;

/** One sync, seen from all sides: what the run said, and what others counted before and after it. */
record SyncEvidence(JsonNode run, String producer, Counters before, Counters after) {

    /**
     * Independent counts.
     *
     * @param storeRead body bytes that left the source region's store, as its own counter has it
     * @param billedBytes bytes on the producer's statements for this replica
     * @param billedRuns runs on them
     * @param billedAmount their unrounded sum
     * @param totalWire the replica's own running total
     * @param totalLogical the replica's own running total
     */
    record Counters(
            long storeRead,
            long billedBytes,
            long billedRuns,
            BigDecimal billedAmount,
            long totalWire,
            long totalLogical) {

        Counters withStoreRead(long bytes) {
            return new Counters(bytes, billedBytes, billedRuns, billedAmount, totalWire, totalLogical);
        }
    }

    long wireBytes() {
        return run.path("wire_bytes").asLong();
    }

    long logicalBytes() {
        return run.path("logical_bytes").asLong();
    }
}
