package io.sluice.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.sluice.cli.exit.CommandFailure;
import io.sluice.cli.http.Json;
import io.sluice.cli.http.Route;
import io.sluice.cli.show.Answer;
import io.sluice.cli.show.Column;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "audit",
        description = "The audit log: who changed, was denied or was handed what.",
        footer = "Example: sluice audit list --action accessDenied")
public final class AuditCommand extends Noun {
    /** As many as the server gives at once. */
    private static final int MOST = 1_000;

    /** Which entries are wanted. */
    static final class Filter {
        @Option(names = "--since", paramLabel = "WHEN", description = "As in 2h, 7d or 2026-08-01T00:00:00Z.")
        private @Nullable String since;

        @Option(names = "--user", paramLabel = "WHO", description = "Only what this user did.")
        private @Nullable String user;

        @Option(names = "--action", paramLabel = "ACTION", description = "As in createTable or accessDenied.")
        private @Nullable String action;

        private boolean isNone() {
            return since == null && user == null && action == null;
        }

        private Instant start() {
            if (since == null) return Instant.MIN;
            try {
                return Span.isOne(since) ? Instant.now().minus(Span.parse(since)) : Instant.parse(since);
            } catch (DateTimeException e) {
                throw CommandFailure.usage(
                        "\"%s\" is no moment. Write how long ago (90s, 30m, 12h, 7d) or 2026-08-01T00:00:00Z.", since);
            }
        }

        private Predicate<JsonNode> test(Instant start) {
            return event -> !at(event).isBefore(start)
                    && (user == null
                            || user.equals(event.at("/user_identity/email").asText()))
                    && (action == null
                            || action.equals(event.path("action_name").asText()));
        }
    }

    @Command(
            name = "list",
            description = "List the newest entries, newest first.",
            footer = "Example: sluice audit list --since 2h --user ann@example.com")
    int list(
            @Mixin Common common,
            @Mixin Filter filter,
            @Option(
                            names = "--limit",
                            paramLabel = "N",
                            defaultValue = "50",
                            description = "At most so many. Default: ${DEFAULT-VALUE}.")
                    int limit) {
        Instant start = filter.start();
        // The server knows no filters, so a filtered list is picked here from all it gives.
        Route route = Route.sluice("audit").with("max_results", filter.isNone() ? limit : MOST);
        return common.show(server -> {
            List<JsonNode> read = Json.elements(server.get(route).path("events"));
            List<JsonNode> found =
                    read.stream().filter(filter.test(start)).limit(limit).toList();
            boolean mayBeMore = found.size() < limit
                    && read.size() == MOST
                    && at(read.get(MOST - 1)).isAfter(start);
            if (mayBeMore)
                common.surroundings().tell("Only the newest %d entries were looked through; older may match.", MOST);
            return shown(found);
        });
    }

    private static Answer shown(List<JsonNode> events) {
        ArrayNode list = Json.array().addAll(events);
        return Answer.many(
                Json.object().set("events", list),
                "events",
                Column.time("time", "event_time"),
                Column.text("user", "user_identity.email"),
                Column.text("from", "source_ip_address"),
                Column.text("action", "action_name"),
                Column.number("status", "response.status_code"),
                Column.text("parameters", "request_params"),
                Column.text("request", "request_id"),
                Column.text("refused because", "response.error_message"));
    }

    private static Instant at(JsonNode event) {
        return Instant.ofEpochMilli(event.path("event_time").asLong());
    }
}
