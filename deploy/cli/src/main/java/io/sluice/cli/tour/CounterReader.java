package io.sluice.cli.tour;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.cli.http.Json;
import io.sluice.cli.http.Route;
import io.sluice.cli.http.SluiceServer;
import io.sluice.cli.tour.SyncEvidence.Counters;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.Predicate;

/** Reads the counts of one replica from the faces that everybody has. */
record CounterReader(SluiceServer server, String producer, String replica, String sourceRegion) {

    /** The store is read last before a sync and first after it, so that reading the counts is not counted. */
    Counters beforeSync() {
        Counters others = others(0);
        return withStore(others, storeRead());
    }

    Counters afterSync() {
        return others(storeRead());
    }

    private Counters others(long storeRead) {
        JsonNode status = server.get(Route.sluice("replicas", replica));
        List<JsonNode> lines = billLines();
        return new Counters(
                storeRead,
                lines.stream().mapToLong(line -> line.path("bytes").asLong()).sum(),
                lines.stream().mapToLong(line -> line.path("runs").asLong()).sum(),
                lines.stream()
                        .map(line -> new BigDecimal(line.path("amount").asText("0")))
                        .reduce(BigDecimal.ZERO, BigDecimal::add),
                status.path("total_wire_bytes").asLong(),
                status.path("total_logical_bytes").asLong());
    }

    private static Counters withStore(Counters others, long storeRead) {
        return new Counters(
                storeRead,
                others.billedBytes(),
                others.billedRuns(),
                others.billedAmount(),
                others.totalWire(),
                others.totalLogical());
    }

    long storeRead() {
        return storeRead(sourceRegion);
    }

    long storeRead(String region) {
        JsonNode stores = server.get(Route.sluice("stores")).path("stores");
        return Json.elements(stores).stream()
                .filter(store -> store.path("region").asText().equals(region))
                .mapToLong(store -> store.path("read_bytes").asLong())
                .sum();
    }

    /** All months: a sync at midnight of the first must not look like a difference. */
    private List<JsonNode> billLines() {
        JsonNode answer = server.get(Route.sluice("billing", "statements").with("producer", producer));
        Predicate<JsonNode> ours = line -> line.path("replica").asText().equals(replica);
        return Json.elements(answer.path("statements")).stream()
                .flatMap(statement -> Json.elements(statement.path("lines")).stream())
                .filter(ours)
                .toList();
    }
}
