package io.sluice.cli.command;

import io.sluice.cli.http.Route;
import io.sluice.cli.show.Answer;
import io.sluice.cli.show.Column;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "audit", description = "The audit log: who changed, was denied or was handed what.")
public final class AuditCommand extends Noun {

    @Command(name = "list", description = "List the newest entries, newest first.")
    int list(@Mixin Common common, @Option(names = "--limit", paramLabel = "ENTRIES", defaultValue = "50") int limit) {
        Route route = Route.sluice("audit").with("max_results", limit);
        return common.show(server -> Answer.many(
                server.get(route),
                "events",
                Column.time("time", "event_time"),
                Column.text("user", "user_identity.email"),
                Column.text("from", "source_ip_address"),
                Column.text("action", "action_name"),
                Column.number("status", "response.status_code"),
                Column.text("parameters", "request_params"),
                Column.text("request", "request_id"),
                Column.text("refused because", "response.error_message")));
    }
}
