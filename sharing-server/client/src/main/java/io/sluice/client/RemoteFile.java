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
        Map<String, Optional<String>> partitions = new HashMap<>();
        json.path("partitionValues")
                .properties()
                .forEach(entry -> partitions.put(
                        entry.getKey(), Optional.ofNullable(entry.getValue().textValue())));
        return new RemoteFile(
                URI.create(json.path("url").asText()),
                json.path("id").asText(),
                json.path("size").asLong(),
                partitions,
                Optional.ofNullable(json.path("stats").textValue()),
                json.hasNonNull("expirationTimestamp")
                        ? Optional.of(Instant.ofEpochMilli(
                                json.get("expirationTimestamp").asLong()))
                        : Optional.empty());
    }
}
