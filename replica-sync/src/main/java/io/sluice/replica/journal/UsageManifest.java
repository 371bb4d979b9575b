package io.sluice.replica.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.model.place.Lane;
import io.sluice.model.place.Region;
import io.sluice.model.usage.ByteCount;
import io.sluice.model.usage.TransferReceipt;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A receipt with what it settles, fixed before its commit is tried. The commit carries it, so that data and usage
 * record land in one atomic act and every receipt can be read again from the replica's own log.
 *
 * @param targetVersion the version of the replica whose commit makes this receipt true; {@link #NO_COMMIT} for wasted
 *     bytes, which are true without
 */
public record UsageManifest(TransferReceipt receipt, String replicaId, long targetVersion, List<Claim> claims) {
    public static final long NO_COMMIT = -1;
    private static final ObjectMapper JSON = new ObjectMapper();

    public UsageManifest {
        claims = List.copyOf(claims);
    }

    public ObjectNode toJson() {
        ObjectNode json = JSON.createObjectNode();
        json.put("receiptId", receipt.id());
        json.put("replicaId", replicaId);
        json.put("targetVersion", targetVersion);
        json.put("replica", receipt.replica());
        json.put("producer", receipt.producer());
        json.put("laneFrom", receipt.lane().from().toString());
        json.put("laneTo", receipt.lane().to().toString());
        json.put("fromVersion", receipt.fromVersion());
        json.put("toVersion", receipt.toVersion());
        json.put("wireBytes", receipt.wire().bytes());
        json.put("logicalBytes", receipt.logical().bytes());
        json.put("files", receipt.files());
        json.put("startedAt", receipt.startedAt().toString());
        json.put("finishedAt", receipt.finishedAt().toString());
        ArrayNode settled = json.putArray("claims");
        for (Claim claim : claims)
            settled.addObject()
                    .put("attemptId", claim.attemptId())
                    .put("from", claim.from())
                    .put("to", claim.to());
        return json;
    }

    /** Requires: what {@link #toJson} wrote. */
    public static UsageManifest fromJson(JsonNode json) {
        TransferReceipt receipt = new TransferReceipt(
                json.path("receiptId").asText(),
                json.path("replica").asText(),
                json.path("producer").asText(),
                new Lane(
                        Region.parse(json.path("laneFrom").asText()),
                        Region.parse(json.path("laneTo").asText())),
                json.path("fromVersion").asLong(),
                json.path("toVersion").asLong(),
                ByteCount.of(json.path("wireBytes").asLong()),
                ByteCount.of(json.path("logicalBytes").asLong()),
                json.path("files").asInt(),
                Instant.parse(json.path("startedAt").asText()),
                Instant.parse(json.path("finishedAt").asText()));
        List<Claim> claims = new ArrayList<>();
        for (JsonNode claim : json.path("claims"))
            claims.add(new Claim(
                    claim.path("attemptId").asText(),
                    claim.path("from").asLong(),
                    claim.path("to").asLong()));
        return new UsageManifest(
                receipt,
                json.path("replicaId").asText(),
                json.path("targetVersion").asLong(),
                claims);
    }

    static UsageManifest parse(String text) {
        try {
            return fromJson(JSON.readTree(text));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored receipt is not JSON: " + text, e);
        }
    }
}
