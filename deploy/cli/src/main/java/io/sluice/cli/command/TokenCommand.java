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
        name = "token",
        description = "Personal access tokens, for scripts and for people without an issuer.",
        footer = "Example: sluice token create --comment \"nightly load\" --lifetime 30d")
public final class TokenCommand extends Noun {

    @Command(
            name = "create",
            description = "Make a token. It is shown now and never again.",
            footer = "Example: sluice token create --user ann@example.com --lifetime 30d")
    int create(
            @Mixin Common common,
            @Option(names = "--user", paramLabel = "WHO", description = "For whom. Default: yourself.") @Nullable
                    String user,
            @Option(
                            names = "--metastore",
                            paramLabel = "ID",
                            description = "Into another metastore, for who operates the server.")
                    @Nullable
                    String metastore,
            @Option(names = "--comment", paramLabel = "TEXT", description = "What it is for.") @Nullable String comment,
            @Option(names = "--lifetime", paramLabel = "TIME", description = "As in 12h or 30d. Default: 90d.")
                    @Nullable
                    String lifetime) {
        ObjectNode body =
                Json.object().put("user", user).put("comment", comment).put("metastore_id", metastore);
        if (lifetime != null) body.put("lifetime_seconds", Span.parse(lifetime).toSeconds());
        return common.show(server -> {
            JsonNode made = server.post(Route.sluice("tokens"), body);
            common.surroundings().tell("Keep the token now: it is not shown again.");
            return facts(made);
        });
    }

    @Command(
            name = "list",
            description = "List your tokens by id; the tokens themselves are not kept.",
            footer = "Example: sluice token list")
    int list(@Mixin Common common) {
        return common.show(server -> Answer.many(
                server.get(Route.sluice("tokens")),
                "token_infos",
                Column.text("id", "token_id"),
                Column.text("user", "user"),
                Column.time("created", "creation_time"),
                Column.time("expires", "expiry_time"),
                Column.time("last used", "last_used_time"),
                Column.text("comment", "comment")));
    }

    @Command(
            name = "revoke",
            description = "End a token now: one of your own, or as the metastore's admin anybody's.",
            footer = "Example: sluice token revoke 5f0c9a52-8f6d-4b43-9d3e-0f6f2c9d7e11 --yes")
    int revoke(@Mixin Common common, @Parameters(paramLabel = "TOKEN_ID") String id, @Mixin Destroying destroying) {
        return common.show(server -> destroying.run(common, () -> facts(find(server, id)), () -> {
            server.delete(Route.sluice("tokens", id));
            return Destroying.deleted(id);
        }));
    }

    private static JsonNode find(SluiceServer server, String id) {
        for (JsonNode token : server.get(Route.sluice("tokens")).path("token_infos"))
            if (token.path("token_id").asText().equals(id)) return token;
        throw new CommandFailure(
                Exit.NOT_FOUND,
                "None of your own tokens has the id %s. See: sluice token list; to end another's as an admin, say --yes."
                        .formatted(id));
    }

    private static Answer facts(JsonNode token) {
        return Answer.one(
                token,
                Column.text("token", "token_value"),
                Column.text("id", "token_id"),
                Column.text("user", "user"),
                Column.time("expires", "expiry_time"),
                Column.text("comment", "comment"));
    }
}
