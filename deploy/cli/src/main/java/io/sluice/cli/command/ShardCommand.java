package io.sluice.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.cli.http.Route;
import io.sluice.cli.show.Answer;
import io.sluice.cli.show.Column;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "shard",
        description = "Which pod owns which part of the catalog.",
        footer = "Example: sluice shard map")
public final class ShardCommand extends Noun {

    @Command(
            name = "map",
            description = "Show every slice of the key space with its owners.",
            footer = "Example: sluice shard map")
    int map(@Mixin Common common) {
        return common.show(server -> {
            JsonNode map = server.get(Route.sluice("shards"));
            Answer pods = Answer.many(
                    map,
                    "pods",
                    Column.text("pod", "name"),
                    Column.text("address", "address"),
                    Column.text("incarnation", "incarnation"));
            Answer slices = Answer.many(
                    map,
                    "slices",
                    Column.text("from", "low"),
                    Column.text("to", "high"),
                    Column.words("owners", "pods"));
            return Answer.one(map, Column.text("target", "target"), Column.number("generation", "generation"))
                    .above(pods)
                    .headOf(slices);
        });
    }
}
