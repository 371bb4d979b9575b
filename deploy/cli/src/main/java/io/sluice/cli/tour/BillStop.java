package io.sluice.cli.tour;

import io.sluice.cli.exit.CommandFailure;
import io.sluice.cli.http.SluiceServer;
import io.sluice.cli.tour.SyncEvidence.Counters;
import java.math.BigDecimal;

/** Job five: what moved is what is billed, and a counter that knows nothing of bills agrees to the byte. */
record BillStop(SluiceServer server, Guide guide) {

    void visit(SyncEvidence sync) {
        guide.stop(
                "The bill is exact to the byte",
                "The producer pays for the bytes that the replica gained, never for our retries.",
                "sluice bill statement --producer " + sync.producer());
        Counters before = sync.before();
        Counters after = sync.after();
        agree(
                "on the wire by the receipt",
                sync.wireBytes(),
                "read from the source store",
                after.storeRead() - before.storeRead());
        agree("gained by the receipt", sync.logicalBytes(), "billed", after.billedBytes() - before.billedBytes());
        agree(
                "gained by the receipt",
                sync.logicalBytes(),
                "added to the replica's total",
                after.totalLogical() - before.totalLogical());
        agree(
                "on the wire by the receipt",
                sync.wireBytes(),
                "added to the replica's wire total",
                after.totalWire() - before.totalWire());
        if (after.billedRuns() - before.billedRuns() != 1)
            throw CommandFailure.difference(
                    "One sync put %d runs on the statement.", after.billedRuns() - before.billedRuns());
        BigDecimal price = after.billedAmount().subtract(before.billedAmount());
        if (price.signum() <= 0)
            throw CommandFailure.difference("The sync of %d bytes cost nothing.", sync.logicalBytes());
        guide.saw(
                "%d bytes gained, %d billed, for %s more; %d bytes on the wire, %d counted by the store",
                sync.logicalBytes(),
                after.billedBytes() - before.billedBytes(),
                price.stripTrailingZeros().toPlainString(),
                sync.wireBytes(),
                after.storeRead() - before.storeRead());
    }

    private static void agree(String what, long found, String otherWhat, long other) {
        if (found != other)
            throw CommandFailure.difference(
                    "%d bytes %s, but %d bytes %s: a difference of %d.", found, what, other, otherWhat, found - other);
    }
}
