package io.sluice.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.cli.exit.CommandFailure;
import io.sluice.cli.exit.Exit;
import io.sluice.cli.http.Json;
import io.sluice.cli.http.Route;
import io.sluice.cli.show.Answer;
import io.sluice.cli.show.Column;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "provider",
        description = "Providers: other servers that share with you.",
        footer = "Example: sluice provider list")
public final class ProviderCommand extends Noun {
    /** Not --profile, which says everywhere as whom to ask our own server. */
    private static final String PROFILE = "--share-profile";

    @Command(name = "list", description = "List the providers.", footer = "Example: sluice provider list")
    int list(@Mixin Common common, @Mixin Paging paging) {
        return common.show(server -> Answer.many(
                paging.read(common, server, Route.catalog("providers"), "providers"),
                "providers",
                Column.text("name", "name"),
                Column.text("authentication", "authentication_type"),
                Column.text("endpoint", "recipient_profile.endpoint"),
                Column.text("owner", "owner"),
                Column.time("created", "created_at"),
                Column.text("comment", "comment")));
    }

    @Command(
            name = "get",
            description = "Show a provider, without what lets you in.",
            footer = "Example: sluice provider get acme")
    int get(@Mixin Common common, @Parameters(paramLabel = "PROVIDER") String provider) {
        return common.show(server -> facts(server.get(Route.catalog("providers", provider))));
    }

    @Command(
            name = "create",
            description = "Take in the profile that a provider gave you. The server keeps it sealed.",
            footer = "Example: sluice provider create acme --share-profile config.share")
    int create(
            @Mixin Common common,
            @Parameters(paramLabel = "PROVIDER") String provider,
            @Option(names = PROFILE, paramLabel = "FILE", required = true, description = "The profile file.") Path file,
            @Option(names = "--comment", paramLabel = "TEXT") @Nullable String comment) {
        ObjectNode body = Json.object().put("name", provider).put("recipient_profile_str", text(file));
        if (comment != null) body.put("comment", comment);
        return common.show(server -> facts(server.post(Route.catalog("providers"), body)));
    }

    @Command(
            name = "update",
            description = "Change what a provider is called, or give it a new profile.",
            footer = "Example: sluice provider update acme --share-profile config.share")
    int update(
            @Mixin Common common,
            @Parameters(paramLabel = "PROVIDER") String provider,
            @Option(names = PROFILE, paramLabel = "FILE", description = "The new profile file.") @Nullable Path file,
            @Mixin Describing.OrRenaming wish) {
        ObjectNode body = wish.write(Json.object());
        if (file != null) body.put("recipient_profile_str", text(file));
        if (body.isEmpty()) throw CommandFailure.usage("Say what to change; --help shows what can be.");
        return common.show(server -> facts(server.patch(Route.catalog("providers", provider), body)));
    }

    @Command(
            name = "shares",
            description = "Ask a provider's server what it shares with you.",
            footer = "Example: sluice provider shares acme")
    int shares(@Mixin Common common, @Mixin Paging paging, @Parameters(paramLabel = "PROVIDER") String provider) {
        Route route = Route.catalog("providers", provider, "shares");
        return common.show(server ->
                Answer.many(paging.read(common, server, route, "shares"), "shares", Column.text("share", "name")));
    }

    @Command(
            name = "tables",
            description = "Ask a provider's server what is in a share.",
            footer = "Example: sluice provider tables acme sales_eu")
    int tables(
            @Mixin Common common,
            @Parameters(paramLabel = "PROVIDER") String provider,
            @Parameters(paramLabel = "SHARE") String share) {
        return common.show(server -> Answer.many(
                server.get(Route.assets(provider, share)),
                "tables",
                Column.text("schema", "schema"),
                Column.text("table", "name"),
                Column.text("id", "id")));
    }

    @Command(
            name = "delete",
            description = "Forget a provider and its profile.",
            footer = "Example: sluice provider delete acme --yes")
    int delete(
            @Mixin Common common, @Parameters(paramLabel = "PROVIDER") String provider, @Mixin Destroying destroying) {
        Route route = Route.catalog("providers", provider);
        return common.show(server -> destroying.run(common, () -> facts(server.get(route)), () -> {
            server.delete(route);
            return Destroying.deleted(provider);
        }));
    }

    private static Answer facts(JsonNode provider) {
        return Answer.one(
                provider,
                Column.text("name", "name"),
                Column.text("authentication", "authentication_type"),
                Column.text("endpoint", "recipient_profile.endpoint"),
                Column.text("owner", "owner"),
                Column.time("created", "created_at"),
                Column.time("updated", "updated_at"),
                Column.text("comment", "comment"));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new CommandFailure(
                    Exit.FAILURE, "The file %s cannot be read: %s.".formatted(file, e.getMessage()), e);
        }
    }
}
