package io.sluice.cli.tour;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.cli.http.Json;
import io.sluice.cli.http.Route;
import io.sluice.cli.http.SluiceServer;
import io.sluice.cli.tour.SyncEvidence.Counters;
import java.math.BigDecimal;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;

/** Reads the counts of one replica from the faces that everybody has. */
final class CounterReader {
    private final SluiceServer server;
    private final String producer;
    private final String replica;
    private final StoreCounter source;
    private final YearMonth firstMonth = thisMonth();

    CounterReader(SluiceServer server, String producer, String replica, StoreCounter source) {
        this.server = server;
        this.producer = producer;
        this.replica = replica;
        this.source = source;
    }

    /** The store is read last before a sync and first after it, so that reading the other counts is not counted. */
    Counters beforeSync() {
        Counters others = counters(0);
        return others.withStoreRead(source.readBytes());
    }

    Counters afterSync() {
        return counters(source.readBytes());
    }

    private Counters counters(long storeRead) {
        JsonNode status = server.get(Route.sluice("replicas", replica));
        List<JsonNode> lines = billLines();
        return new Counters(
                storeRead,
                sum(lines, "bytes"),
                sum(lines, "runs"),
                lines.stream()
                        .map(line -> new BigDecimal(line.path("amount").asText("0")))
                        .reduce(BigDecimal.ZERO, BigDecimal::add),
                status.path("total_wire_bytes").asLong(),
                status.path("total_logical_bytes").asLong());
    }

    private static long sum(List<JsonNode> lines, String field) {
        return lines.stream().mapToLong(line -> line.path(field).asLong()).sum();
    }

    /** Two months if one ends during the walk: a sync at midnight must not look like a difference. */
    private List<JsonNode> billLines() {
        return Stream.of(firstMonth, thisMonth())
                .distinct()
                .flatMap(this::statements)
                .flatMap(statement -> Json.elements(statement.path("lines")).stream())
                .filter(line -> line.path("replica").asText().equals(replica))
                .toList();
    }

    private Stream<JsonNode> statements(YearMonth month) {
        Route route =
                Route.sluice("billing", "statements").with("producer", producer).with("period", month.toString());
        return Json.elements(server.get(route).path("statements")).stream();
    }

    private static YearMonth thisMonth() {
        return YearMonth.now(ZoneOffset.UTC);
    }
}
