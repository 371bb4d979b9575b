package io.sluice.cli.tour;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.cli.exit.CommandFailure;
import io.sluice.cli.http.Json;
import io.sluice.cli.http.Route;
import io.sluice.cli.http.SluiceServer;
import java.util.List;

/** Beneath it all: every part of the catalog has an owner. */
record ShardStop(SluiceServer server, Guide guide) {

    void visit() {
        guide.stop(
                "Every part of the catalog has an owner",
                "The key space is cut into slices; each pod answers for its own from memory.",
                "sluice shard map");
        JsonNode map = server.get(Route.sluice("shards"));
        List<String> pods = Json.elements(map.path("pods")).stream()
                .map(pod -> pod.path("name").asText())
                .toList();
        List<JsonNode> slices = Json.elements(map.path("slices"));
        if (slices.isEmpty()) throw CommandFailure.difference("The shard map has no slices.");
        slices.forEach(slice -> checkOwned(slice, pods));
        for (int i = 1; i < slices.size(); i++) checkAdjacent(slices.get(i - 1), slices.get(i));
        guide.saw(
                "generation %s: %d slices without a gap, %d pods",
                map.path("generation").asText(), slices.size(), pods.size());
    }

    private static void checkOwned(JsonNode slice, List<String> pods) {
        List<String> owners = Json.texts(slice.path("pods"));
        if (owners.isEmpty() || !pods.containsAll(owners))
            throw CommandFailure.difference(
                    "The slice from \"%s\" has the owners %s; the pods are %s.",
                    slice.path("low").asText(), owners, pods);
    }

    private static void checkAdjacent(JsonNode left, JsonNode right) {
        if (!left.path("high").equals(right.path("low")))
            throw CommandFailure.difference(
                    "The shard map has a gap between \"%s\" and \"%s\".",
                    left.path("high").asText(), right.path("low").asText());
    }
}
