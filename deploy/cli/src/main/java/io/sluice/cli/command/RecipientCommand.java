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
import io.sluice.model.place.Region;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
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

    private static final Duration PACE = Duration.ofSeconds(1);
    /** As long as the server keeps a link good. */
    private static final Duration LINK_LIFE = Duration.ofHours(72);

    @Command(name = "list", description = "List the recipients.", footer = "Example: sluice recipient list")
    int list(@Mixin Common common) {
        return common.show(server -> Answer.many(
                server.getAll(Route.catalog("recipients"), "recipients"),
                "recipients",
                Column.text("name", "name"),
                Column.text("authentication", "authentication_type"),
                Column.text("activated", "activated"),
                Column.time("expires", "expiration_time"),
                Column.time("created", "created_at"),
                Column.text("comment", "comment")));
    }

    @Command(
            name = "get",
            description = "Show a recipient and its tokens.",
            footer = "Example: sluice recipient get acme")
    int get(@Mixin Common common, @Parameters(paramLabel = "RECIPIENT") String recipient) {
        return common.show(server -> tokens(server.get(Route.catalog("recipients", recipient))));
    }

    @Command(
            name = "create",
            description = "Make a recipient. Prints the activation link, which works once: hand it over safely.",
            footer = "Example: sluice recipient create acme --allow-ip 203.0.113.0/24 --expires 30d --wait")
    int create(
            @Mixin Common common,
            @Parameters(paramLabel = "RECIPIENT") String recipient,
            @Option(
                            names = "--region",
                            paramLabel = "CLOUD:REGION",
                            description = "Where it reads from, as in aws:eu-west-1.")
                    @Nullable
                    String region,
            @Option(names = "--comment", paramLabel = "TEXT") @Nullable String comment,
            @Mixin Admitting admitting,
            @Mixin OidcWish oidc,
            @Option(names = "--oauth", description = "Give it an id and a secret for short-lived tokens.")
                    boolean isOAuth,
            @Option(names = "--wait", description = "Wait until the link is used, and tell so.") boolean isWaiting) {
        ObjectNode body = newRecipient(recipient, region == null ? null : Region.parse(region));
        if (comment != null) body.put("comment", comment);
        if (isOAuth && oidc.isGiven())
            throw CommandFailure.usage("--oauth and --oidc-issuer are two ways to get in. Choose one.");
        if (isWaiting && oidc.isGiven())
            throw CommandFailure.usage(
                    "Who comes with tokens of an issuer gets no link to wait for. Leave out --wait.");
        if (isOAuth) body.put("authentication_type", "OAUTH_CLIENT_CREDENTIALS");
        admitting.addTo(body);
        oidc.addTo(body);
        return common.show(server -> {
            JsonNode made = server.post(Route.catalog("recipients"), body);
            if (oidc.isGiven()) server.post(Route.policies(recipient), oidc.policy());
            return tokens(isWaiting ? awaitActivation(common, server, made) : made);
        });
    }

    @Command(
            name = "update",
            description = "Change from where and until when a recipient gets in, or what it is called.",
            footer = "Example: sluice recipient update acme --allow-ip 203.0.113.0/24 --allow-ip 2001:db8::/32")
    int update(
            @Mixin Common common,
            @Parameters(paramLabel = "RECIPIENT") String recipient,
            @Option(names = "--new-name", paramLabel = "NAME") @Nullable String newName,
            @Option(names = "--owner", paramLabel = "WHO", description = "Who manages it from now on.") @Nullable
                    String owner,
            @Option(names = "--comment", paramLabel = "TEXT", description = "An empty one removes it.") @Nullable
                    String comment,
            @Mixin Admitting admitting) {
        ObjectNode body = Json.object();
        if (newName != null) body.put("new_name", newName);
        if (owner != null) body.put("owner", owner);
        if (comment != null) body.put("comment", comment);
        admitting.addTo(body);
        if (body.isEmpty()) throw CommandFailure.usage("Say what to change: --allow-ip, --expires or another option.");
        return common.show(server -> tokens(server.patch(Route.catalog("recipients", recipient), body)));
    }

    @Command(
            name = "delete",
            description = "Forget a recipient: its tokens and what was granted to it end at once.",
            footer = "Example: sluice recipient delete acme --yes")
    int delete(
            @Mixin Common common,
            @Parameters(paramLabel = "RECIPIENT") String recipient,
            @Mixin Destroying destroying) {
        Route route = Route.catalog("recipients", recipient);
        return common.show(server -> destroying.run(common, () -> tokens(server.get(route)), () -> {
            server.delete(route);
            return Destroying.deleted(recipient);
        }));
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

    private static JsonNode awaitActivation(Common common, SluiceServer server, JsonNode made) {
        String name = made.path("name").asText();
        common.surroundings()
                .tell(
                        "Hand over this link, which works once: %s",
                        made.path("activation_url").asText());
        long start = System.nanoTime();
        try (Waiting waiting = Waiting.on(common.surroundings(), "waiting until " + name + " uses the link")) {
            while (System.nanoTime() - start < LINK_LIFE.toNanos()) {
                JsonNode now = server.get(Route.catalog("recipients", name));
                if (now.path("activated").asBoolean()) return now;
                LockSupport.parkNanos(PACE.toNanos());
            }
        }
        throw new CommandFailure(
                Exit.FAILURE,
                "The link of %s was not used while it was good. Make another: sluice recipient rotate %s"
                        .formatted(name, name));
    }

    private static Answer tokens(JsonNode recipient) {
        return Answer.one(
                        recipient,
                        Column.text("name", "name"),
                        Column.text("authentication", "authentication_type"),
                        Column.text("activated", "activated"),
                        Column.time("expires", "expiration_time"),
                        Column.words("allowed addresses", "ip_access_list.allowed_ip_addresses"),
                        Column.text("comment", "comment"))
                .headOf(Answer.many(
                        recipient,
                        "tokens",
                        Column.text("token id", "id"),
                        Column.time("expires", "expiration_time"),
                        Column.text("activation link", "activation_url")));
    }
}
