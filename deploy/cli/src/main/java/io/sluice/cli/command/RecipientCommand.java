package io.sluice.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.cli.http.Json;
import io.sluice.cli.http.Route;
import io.sluice.cli.show.Answer;
import io.sluice.cli.show.Column;
import io.sluice.model.place.Region;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "recipient",
        description = "Recipients: the organisations that read your shares.",
        footer = "Example: sluice recipient list")
public final class RecipientCommand extends Noun {
    /** Where a recipient reads from; the server answers with the nearest copy. */
    public static final String REGION_PROPERTY = "sluice.region";

    @Command(name = "list", description = "List the recipients.", footer = "Example: sluice recipient list")
    int list(@Mixin Common common) {
        return common.show(server -> Answer.many(
                server.getAll(Route.catalog("recipients"), "recipients"),
                "recipients",
                Column.text("name", "name"),
                Column.text("authentication", "authentication_type"),
                Column.text("activated", "activated"),
                Column.time("created", "created_at"),
                Column.text("comment", "comment")));
    }

    @Command(
            name = "create",
            description = "Make a recipient. Prints the activation link, which works once: hand it over safely.",
            footer = "Example: sluice recipient create acme --region azure:westeurope")
    int create(
            @Mixin Common common,
            @Parameters(paramLabel = "RECIPIENT") String recipient,
            @Option(
                            names = "--region",
                            paramLabel = "CLOUD:REGION",
                            description = "Where it reads from, as in aws:eu-west-1.")
                    @Nullable
                    String region,
            @Option(names = "--comment", paramLabel = "TEXT") @Nullable String comment) {
        ObjectNode body = newRecipient(recipient, region == null ? null : Region.parse(region));
        if (comment != null) body.put("comment", comment);
        return common.show(server -> tokens(server.post(Route.catalog("recipients"), body)));
    }

    @Command(
            name = "rotate",
            description = "Give a recipient a new token. Prints the new activation link.",
            footer = "Example: sluice recipient rotate acme --keep-old 86400")
    int rotate(
            @Mixin Common common,
            @Parameters(paramLabel = "RECIPIENT") String recipient,
            @Option(
                            names = "--keep-old",
                            paramLabel = "SECONDS",
                            defaultValue = "0",
                            description = "How long the old token still works. Default: not at all.")
                    long keepOldSeconds) {
        JsonNode body = Json.object().put("existing_token_expire_in_seconds", keepOldSeconds);
        return common.show(server -> tokens(server.post(Route.catalog("recipients", recipient, "rotate-token"), body)));
    }

    public static ObjectNode newRecipient(String name, @Nullable Region region) {
        ObjectNode body = Json.object().put("name", name).put("authentication_type", "TOKEN");
        if (region != null)
            body.putObject("properties_kvpairs").putObject("properties").put(REGION_PROPERTY, region.toString());
        return body;
    }

    private static Answer tokens(JsonNode recipient) {
        return Answer.one(
                        recipient,
                        Column.text("name", "name"),
                        Column.text("activated", "activated"),
                        Column.text("comment", "comment"))
                .headOf(Answer.many(
                        recipient,
                        "tokens",
                        Column.text("token id", "id"),
                        Column.time("expires", "expiration_time"),
                        Column.text("activation link", "activation_url")));
    }
}
