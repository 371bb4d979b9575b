package io.sluice.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.cli.http.Json;
import io.sluice.cli.http.Route;
import io.sluice.cli.show.Answer;
import io.sluice.cli.show.Column;
import io.sluice.model.name.TableName;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "replica",
        description = "Replicas: copies of tables in other clouds and regions.",
        footer = "Example: sluice replica status orders_west")
public final class ReplicaCommand extends Noun {

    @Command(name = "list", description = "List the replicas.", footer = "Example: sluice replica list")
    int list(@Mixin Common common) {
        return common.show(server -> Answer.many(
                server.getAll(Route.sluice("replicas"), "replicas"),
                "replicas",
                Column.text("name", "name"),
                Column.text("source", "source_table"),
                Column.text("kind", "kind"),
                Column.text("lane", "lane"),
                Column.number("synced", "synced_version"),
                Column.number("lag", "lag_versions"),
                Column.number("bytes", "bytes")));
    }

    @Command(
            name = "create",
            description = "Declare a replica. Nothing moves before its first sync.",
            footer = "Example: sluice replica create orders_west --source sales.eu.orders --target s3://west/orders")
    int create(
            @Mixin Common common,
            @Parameters(paramLabel = "NAME") String name,
            @Option(names = "--source", paramLabel = "CATALOG.SCHEMA.TABLE", required = true) String source,
            @Option(names = "--target", paramLabel = "LOCATION", required = true) String target,
            @Option(names = "--kind", paramLabel = "KIND", defaultValue = "squash", description = "Default: squash.")
                    String kind,
            @Option(names = "--producer", paramLabel = "NAME", description = "Who pays for its bytes.") @Nullable
                    String producer) {
        ObjectNode body = Json.object()
                .put("name", name)
                .put("source_table", TableName.parse(source).toString())
                .put("target_location", target)
                .put("kind", kind);
        if (producer != null) body.put("producer", producer);
        return common.show(server -> status(server.post(Route.sluice("replicas"), body)));
    }

    @Command(
            name = "plan",
            description = "Tell what a sync would move and cost. Changes nothing.",
            footer = "Example: sluice replica plan orders_west")
    int plan(@Mixin Common common, @Parameters(paramLabel = "NAME") String name) {
        return common.show(server -> planned(server.post(Route.sluice("replicas", name, "plan"), Json.object())));
    }

    @Command(
            name = "sync",
            description = "Bring a replica up to date.",
            footer = "Example: sluice replica sync orders_west")
    int sync(
            @Mixin Common common,
            @Parameters(paramLabel = "NAME") String name,
            @Option(names = "--dry-run", description = "The same as plan.") boolean dryRun) {
        if (dryRun) return plan(common, name);
        return common.show(server -> {
            JsonNode plan = server.post(Route.sluice("replicas", name, "plan"), Json.object());
            String work = "syncing %s: %s files, %s bytes"
                    .formatted(
                            name,
                            plan.path("files_to_copy").asText("?"),
                            plan.path("bytes").asText("?"));
            try (Waiting waiting = Waiting.on(common.surroundings(), work)) {
                return synced(server.postAndWait(Route.sluice("replicas", name, "sync"), Json.object()));
            }
        });
    }

    @Command(
            name = "status",
            description = "Tell how far a replica is behind and what it has cost.",
            footer = "Example: sluice replica status orders_west")
    int status(@Mixin Common common, @Parameters(paramLabel = "NAME") String name) {
        return common.show(server -> status(server.get(Route.sluice("replicas", name))));
    }

    @Command(
            name = "drop",
            description = "Forget a replica. Its files stay where they are.",
            footer = "Example: sluice replica drop orders_west --dry-run")
    int drop(@Mixin Common common, @Parameters(paramLabel = "NAME") String name, @Mixin Destroying destroying) {
        Route route = Route.sluice("replicas", name);
        return common.show(server -> destroying.run(common, () -> status(server.get(route)), () -> {
            server.delete(route);
            return Answer.one(Json.object().put("dropped", name), Column.text("dropped", "dropped"));
        }));
    }

    private static Answer planned(JsonNode plan) {
        return Answer.one(
                plan,
                Column.text("replica", "replica"),
                Column.text("source", "source_table"),
                Column.text("lane", "lane"),
                Column.number("from version", "from_version"),
                Column.number("to version", "to_version"),
                Column.number("files to copy", "files_to_copy"),
                Column.number("files to remove", "files_to_remove"),
                Column.number("bytes", "bytes"),
                Column.number("seconds", "seconds"),
                Column.money("money", "money"));
    }

    private static Answer synced(JsonNode run) {
        return Answer.one(
                run,
                Column.text("replica", "replica"),
                Column.text("outcome", "outcome"),
                Column.number("from version", "from_version"),
                Column.number("to version", "to_version"),
                Column.number("replica version", "target_version"),
                Column.number("files copied", "files_copied"),
                Column.number("files removed", "files_removed"),
                Column.number("bytes gained", "logical_bytes"),
                Column.number("bytes on the wire", "wire_bytes"),
                Column.number("seconds", "seconds"),
                Column.money("money", "money"),
                Column.text("receipt", "receipt_id"));
    }

    private static Answer status(JsonNode replica) {
        return Answer.one(
                replica,
                Column.text("name", "name"),
                Column.text("source", "source_table"),
                Column.text("kind", "kind"),
                Column.text("location", "location"),
                Column.text("lane", "lane"),
                Column.text("producer", "producer"),
                Column.number("source version", "source_version"),
                Column.number("synced version", "synced_version"),
                Column.number("versions behind", "lag_versions"),
                Column.number("files", "files"),
                Column.number("bytes", "bytes"),
                Column.number("bytes gained so far", "total_logical_bytes"),
                Column.number("bytes on the wire so far", "total_wire_bytes"),
                Column.money("money so far", "total_money"),
                Column.text("last sync", "last_sync.finished_at"),
                Column.number("seconds of last sync", "last_sync.seconds"));
    }
}
