package io.sluice.cli.tour;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.cli.exit.CommandFailure;
import io.sluice.cli.exit.Exit;
import io.sluice.cli.http.Json;
import io.sluice.cli.http.Route;
import io.sluice.cli.http.SluiceServer;
import java.nio.file.Path;
import java.util.List;

/** The small world that {@code sluice dev} seeds: what the things in it are called. */
record World(
        List<String> tables,
        String share,
        String sealedShare,
        String replica,
        String sealedScope,
        String producer,
        Path shareProfile,
        Path sealedShareProfile) {

    static World ask(SluiceServer server) {
        JsonNode demo = demoOf(server);
        return new World(
                Json.texts(demo.path("tables")),
                required(demo, "share"),
                required(demo, "sealed_share"),
                required(demo, "replica"),
                required(demo, "sealed_scope"),
                required(demo, "producer"),
                Path.of(required(demo.path("profiles"), "share")),
                Path.of(required(demo.path("profiles"), "sealed_share")));
    }

    private static JsonNode demoOf(SluiceServer server) {
        try {
            return server.get(Route.sluice("demo"));
        } catch (CommandFailure failure) {
            if (failure.exit() != Exit.NOT_FOUND) throw failure;
            throw new CommandFailure(
                    Exit.NOT_FOUND,
                    "The server at %s carries no demo world. Start one that does with: sluice dev"
                            .formatted(server.address()),
                    failure);
        }
    }

    private static String required(JsonNode node, String field) {
        String value = node.path(field).asText("");
        if (value.isEmpty())
            throw CommandFailure.difference("The server's description of its demo world lacks \"%s\".", field);
        return value;
    }
}
