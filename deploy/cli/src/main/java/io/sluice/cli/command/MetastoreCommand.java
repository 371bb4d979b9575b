package io.sluice.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.cli.exit.CommandFailure;
import io.sluice.cli.exit.Exit;
import io.sluice.cli.http.Json;
import io.sluice.cli.http.Route;
import io.sluice.cli.http.SluiceServer;
import io.sluice.cli.show.Answer;
import io.sluice.cli.show.Column;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "metastore",
        description = "Metastores: worlds of their own on one server. Your token belongs to one of them.",
        footer = "Example: sluice metastore create acme --owner boss@acme.example")
public final class MetastoreCommand extends Noun {

    @Command(
            name = "current",
            description = "Show the metastore that your token belongs to.",
            footer = "Example: sluice metastore current")
    int current(@Mixin Common common) {
        return common.show(server -> facts(server.get(Route.catalog("metastore_summary"))));
    }

    @Command(
            name = "list",
            description = "List the metastores: all for who operates the server, for others their own.",
            footer = "Example: sluice metastore list")
    int list(@Mixin Common common) {
        return common.show(server -> Answer.many(
                server.get(Route.catalog("metastores")),
                "metastores",
                Column.text("name", "name"),
                Column.text("owner", "owner"),
                Column.text("id", "metastore_id"),
                Column.time("created", "created_at")));
    }

    @Command(
            name = "create",
            description = "Open a metastore with its owner as its only user, and make the owner's first token.",
            footer = "Example: sluice metastore create acme --owner boss@acme.example")
    int create(
            @Mixin Common common,
            @Parameters(paramLabel = "NAME") String name,
            @Option(names = "--owner", paramLabel = "WHO", description = "Default: your own name.") @Nullable
                    String owner) {
        ObjectNode body = Json.object().put("name", name).put("owner", owner);
        return common.show(server -> {
            JsonNode made = server.post(Route.catalog("metastores"), body);
            JsonNode token = server.post(
                    Route.sluice("tokens"),
                    Json.object()
                            .put("metastore_id", made.path("metastore_id").asText())
                            .put("user", made.path("owner").asText())
                            .put("comment", "first"));
            common.surroundings().tell("Hand the token to the owner now: it is not shown again.");
            return facts(((ObjectNode) made)
                    .put("token_value", token.path("token_value").asText()));
        });
    }

    @Command(
            name = "delete",
            description = "Delete a metastore with its people, tokens and grants.",
            footer = "Example: sluice metastore delete acme --force --yes")
    int delete(
            @Mixin Common common,
            @Parameters(paramLabel = "NAME") String name,
            @Option(names = "--force", description = "Also with all the catalogs that are in it.") boolean force,
            @Mixin Destroying destroying) {
        return common.show(server -> {
            JsonNode metastore = find(server, name);
            return destroying.run(common, () -> facts(metastore), () -> {
                server.delete(Route.catalog(
                                "metastores", metastore.path("metastore_id").asText())
                        .with("force", String.valueOf(force)));
                return Destroying.deleted(name);
            });
        });
    }

    private static JsonNode find(SluiceServer server, String name) {
        for (JsonNode metastore : server.get(Route.catalog("metastores")).path("metastores"))
            if (metastore.path("name").asText().equals(name)) return metastore;
        throw new CommandFailure(
                Exit.NOT_FOUND,
                "There is no metastore %s that you may see. See: sluice metastore list".formatted(name));
    }

    private static Answer facts(JsonNode metastore) {
        return Answer.one(
                metastore,
                Column.text("name", "name"),
                Column.text("owner", "owner"),
                Column.text("id", "metastore_id"),
                Column.time("created", "created_at"),
                Column.text("token", "token_value"));
    }
}
