package io.sluice.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.cli.http.Json;
import io.sluice.cli.http.Route;
import io.sluice.cli.show.Answer;
import io.sluice.cli.show.Column;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "shard",
        description = "Which pod owns which part of the catalog, and where the load is.",
        footer = "Example: sluice shard map")
public final class ShardCommand extends Noun {

    @Command(
            name = "map",
            description = "Show every slice of the key space with its owner and its replicas.",
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
                    Column.text("owner", "pods.0"),
                    new Column("replicas", false, ShardCommand::replicas),
                    Column.text("phase", "phase"),
                    Column.text("since", "since"));
            return Answer.one(map, Column.text("target", "target"), Column.number("generation", "generation"))
                    .above(pods)
                    .headOf(slices);
        });
    }

    /** The pods of a slice behind its owner. */
    private static String replicas(JsonNode slice) {
        return Json.texts(slice.path("pods")).stream().skip(1).collect(Collectors.joining(" "));
    }

    @Command(
            name = "page",
            description = "Show the assigner's page: pods, their leases, and who owns what.",
            footer = "Example: sluice shard page")
    int page(@Mixin Common common) {
        return common.show(server -> {
            String page = server.text(Route.sluice("shards", "page"));
            return Answer.text(Json.object().put("page", page), page);
        });
    }

    @Command(
            name = "hot",
            description = "Show where the load is, hottest first.",
            footer = "Example: sluice shard hot --limit 10")
    int hot(
            @Mixin Common common,
            @Option(
                            names = "--limit",
                            paramLabel = "N",
                            defaultValue = "20",
                            description = "How many slices and keys to show. Default: ${DEFAULT-VALUE}.")
                    int limit) {
        return common.show(server -> {
            JsonNode heat = server.get(Route.sluice("shards", "hot").with("limit", limit));
            Answer keys = Answer.many(
                    heat, "keys", Column.text("key", "key"), Column.number("requests/s", "requests_per_second"));
            return Answer.many(
                            heat,
                            "slices",
                            Column.text("from", "low"),
                            Column.text("to", "high"),
                            Column.text("pod", "pod"),
                            Column.number("requests/s", "requests_per_second"))
                    .above(keys);
        });
    }

    @Command(
            name = "freeze",
            description =
                    "Move nothing for the sake of balance. The slices of dead pods are given to others all the same.",
            footer = "Example: sluice shard freeze")
    int freeze(@Mixin Common common) {
        return frozen(common, "freeze");
    }

    @Command(name = "unfreeze", description = "Balance again.", footer = "Example: sluice shard unfreeze")
    int unfreeze(@Mixin Common common) {
        return frozen(common, "unfreeze");
    }

    private static int frozen(Common common, String verb) {
        return common.show(server ->
                Answer.one(server.post(Route.sluice("shards", verb), Json.object()), Column.text("frozen", "frozen")));
    }

    @Command(
            name = "drain",
            description = "Let a pod give its slices to the others. It stays up and sends requests on.",
            footer = "Example: sluice shard drain pod-1")
    int drain(@Mixin Common common, @Parameters(paramLabel = "POD", description = "As the map names it.") String pod) {
        return drained(common, pod, "drain");
    }

    @Command(
            name = "undrain",
            description = "Let a drained pod have slices again.",
            footer = "Example: sluice shard undrain pod-1")
    int undrain(
            @Mixin Common common, @Parameters(paramLabel = "POD", description = "As the map names it.") String pod) {
        return drained(common, pod, "undrain");
    }

    private static int drained(Common common, String pod, String verb) {
        return common.show(server -> Answer.one(
                server.post(Route.sluice("shards", "pods", pod, verb), Json.object()),
                Column.text("pod", "pod"),
                Column.text("drained", "drained")));
    }
}
