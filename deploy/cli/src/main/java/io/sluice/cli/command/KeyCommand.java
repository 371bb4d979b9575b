package io.sluice.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.cli.exit.CommandFailure;
import io.sluice.cli.http.Json;
import io.sluice.cli.http.Route;
import io.sluice.cli.http.SluiceServer;
import io.sluice.cli.show.Answer;
import io.sluice.cli.show.Column;
import io.sluice.cli.show.OutputFormat;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "key", description = "Keys: what is sealed, and taking it back.", footer = "Example: sluice key status")
public final class KeyCommand extends Noun {

    @Command(name = "status", description = "Show every scope with its keys.", footer = "Example: sluice key status")
    int status(@Mixin Common common) {
        return common.show(server -> {
            JsonNode keys = server.get(Route.sluice("keys"));
            return Answer.one(keys, Column.text("provider", "provider"))
                    .headOf(Answer.many(
                            keys,
                            "scopes",
                            Column.text("scope", "scope"),
                            Column.text("state", "state"),
                            Column.number("epoch", "epoch"),
                            Column.text("customer key", "cmk"),
                            Column.text("its state", "cmk_state"),
                            Column.text("kek", "kek_id"),
                            Column.number("version", "kek_version"),
                            Column.number("deks", "deks"),
                            Column.number("lease age s", "lease_age_seconds")));
        });
    }

    @Command(
            name = "revoke",
            description = "Make everything under a scope unreadable until it is restored. Shows what that hits first.",
            footer = "Example: sluice key revoke sales --dry-run")
    int revoke(
            @Mixin Common common,
            @Parameters(paramLabel = "SCOPE") String scope,
            @Option(names = "--dry-run", description = "Only show what would become unreadable.") boolean dryRun,
            @Option(names = "--yes", description = "Really revoke.") boolean yes,
            @Option(
                            names = "--plan",
                            paramLabel = "HASH",
                            description = "Revoke only if what it hits is still what this dry run showed.")
                    @Nullable
                    String seenPlan,
            @Option(names = "--reason", paramLabel = "TEXT", defaultValue = "revoked from the command line")
                    String reason) {
        return common.show(server -> {
            JsonNode plan = simulateRevoke(server, scope);
            if (dryRun) return blast(plan);
            common.surroundings().tell("%s", blast(plan).in(OutputFormat.table).stripTrailing());
            if (!yes) throw CommandFailure.usage("This makes all of the above unreadable. Say --yes to do it.");
            String hash = seenPlan != null ? seenPlan : plan.path("plan_hash").asText();
            return changed(server.post(
                    Route.sluice("keys", scope, "revoke"),
                    Json.object().put("plan_hash", hash).put("reason", reason)));
        });
    }

    @Command(
            name = "restore",
            description = "Make a revoked scope readable again.",
            footer = "Example: sluice key restore sales")
    int restore(@Mixin Common common, @Parameters(paramLabel = "SCOPE") String scope) {
        return common.show(server -> changed(server.post(Route.sluice("keys", scope, "restore"), Json.object())));
    }

    public static JsonNode simulateRevoke(SluiceServer server, String scope) {
        return server.post(
                Route.sluice("keys", scope, "simulate"), Json.object().put("action", "REVOKE"));
    }

    private static Answer blast(JsonNode plan) {
        return Answer.one(
                plan,
                Column.text("scope", "scope"),
                Column.text("action", "action"),
                Column.words("tables", "tables"),
                Column.words("shares", "shares"),
                Column.words("recipients", "recipients"),
                Column.words("replicas", "replicas"),
                Column.number("bytes", "bytes"),
                Column.number("open streams", "open_streams"),
                Column.text("plan", "plan_hash"));
    }

    private static Answer changed(JsonNode scope) {
        return Answer.one(
                scope, Column.text("scope", "scope"), Column.text("state", "state"), Column.number("epoch", "epoch"));
    }
}
