package io.sluice.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A Parquet file of a table.
 *
 * @param url works without the bearer token, which must not be sent there
 * @param partitionValues empty where the partition has no value
 * @param stats Delta's JSON statistics
 */
public record RemoteFile(
        URI url,
        String id,
        long size,
        Map<String, Optional<String>> partitionValues,
        Optional<String> stats,
        Optional<Instant> urlExpiresAt) {
    public RemoteFile {
        partitionValues = Map.copyOf(partitionValues);
    }

    static RemoteFile of(JsonNode json) {
        return of(json, json, "url");
    }

    /** @param action in which the URL stands where Delta's log has a path */
    static RemoteFile of(JsonNode line, JsonNode action) {
        return of(line, action, "path");
    }

    private static RemoteFile of(JsonNode line, JsonNode facts, String url) {
        Map<String, Optional<String>> partitions = new HashMap<>();
        facts.path("partitionValues")
                .properties()
                .forEach(entry -> partitions.put(
                        entry.getKey(), Optional.ofNullable(entry.getValue().textValue())));
        return new RemoteFile(
                URI.create(facts.path(url).asText()),
                line.path("id").asText(),
                facts.path("size").asLong(),
                partitions,
                Optional.ofNullable(facts.path("stats").textValue()),
                line.hasNonNull("expirationTimestamp")
                        ? Optional.of(Instant.ofEpochMilli(
                                line.get("expirationTimestamp").asLong()))
                        : Optional.empty());
    }
}
