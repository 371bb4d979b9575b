package io.sluice.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.cli.http.Json;
import io.sluice.cli.http.Route;
import io.sluice.cli.show.Answer;
import io.sluice.cli.show.Column;
import io.sluice.model.grant.Privilege;
import io.sluice.model.grant.SecurableType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "grant",
        description = {
            "Who may do what. TYPE is metastore, catalog, schema, table, volume, function, registered_model,"
                    + " credential, external_location or share.",
            "The metastore's NAME is metastore."
        },
        footer = "Example: sluice grant add table sales.eu.orders ann@example.com SELECT")
public final class GrantCommand extends Noun {

    @Command(
            name = "show",
            aliases = "list",
            description = "Show what was given on a thing itself.",
            footer = "Example: sluice grant show schema sales.eu")
    int show(
            @Mixin Common common,
            @Parameters(paramLabel = "TYPE") String type,
            @Parameters(paramLabel = "NAME") String name,
            @Option(names = "--principal", paramLabel = "WHO", description = "Only of this user or group.") @Nullable
                    String principal) {
        Route route = of(permissions(SecurableType.parse(type), name), principal);
        return common.show(server -> Answer.many(server.get(route), "privilege_assignments", COLUMNS));
    }

    @Command(
            name = "effective",
            description = "Show what holds on a thing, with what was given on what is around it.",
            footer = "Example: sluice grant effective table sales.eu.orders --principal ann@example.com")
    int effective(
            @Mixin Common common,
            @Parameters(paramLabel = "TYPE") String type,
            @Parameters(paramLabel = "NAME") String name,
            @Option(names = "--principal", paramLabel = "WHO", description = "Only of this user or group.") @Nullable
                    String principal) {
        Route route = of(
                Route.catalog("effective-permissions", SecurableType.parse(type).wireName(), name), principal);
        return common.show(server -> withOrigins(server.get(route)));
    }

    @Command(
            name = "add",
            description = "Grant privileges to a user or group, or a share to a recipient.",
            footer = "Example: sluice grant add schema sales.eu analysts USE_SCHEMA SELECT")
    int add(
            @Mixin Common common,
            @Parameters(paramLabel = "TYPE") String type,
            @Parameters(paramLabel = "NAME") String name,
            @Parameters(paramLabel = "PRINCIPAL") String principal,
            @Parameters(paramLabel = "PRIVILEGE", arity = "1..*") List<String> privileges) {
        return change(common, type, name, principal, "add", privileges);
    }

    @Command(
            name = "remove",
            description = "Take privileges back.",
            footer = "Example: sluice grant remove schema sales.eu analysts SELECT")
    int remove(
            @Mixin Common common,
            @Parameters(paramLabel = "TYPE") String type,
            @Parameters(paramLabel = "NAME") String name,
            @Parameters(paramLabel = "PRINCIPAL") String principal,
            @Parameters(paramLabel = "PRIVILEGE", arity = "1..*") List<String> privileges) {
        return change(common, type, name, principal, "remove", privileges);
    }

    static final Column[] COLUMNS = {
        Column.text("principal", "principal"),
        new Column(
                "privileges",
                false,
                row -> Json.texts(row.path("privileges")).stream()
                        .map(GrantCommand::typed)
                        .collect(Collectors.joining(" ")))
    };

    private static int change(
            Common common, String type, String name, String principal, String verb, List<String> privileges) {
        Route route = permissions(SecurableType.parse(type), name);
        ObjectNode body = changeOf(principal, verb, privileges);
        return common.show(server -> Answer.many(server.patch(route, body), "privilege_assignments", COLUMNS));
    }

    static ObjectNode changeOf(String principal, String verb, List<String> privileges) {
        ObjectNode change = Json.object().put("principal", principal);
        ArrayNode named = change.putArray(verb);
        privileges.forEach(privilege -> named.add(Privilege.parse(privilege).name()));
        return Json.object().set("changes", Json.array().add(change));
    }

    /** As one word, so that what is shown can be typed again; the wire has blanks in it. */
    private static String typed(String privilege) {
        return privilege.replace(' ', '_');
    }

    /** Shares keep their grants under a path of their own, as on the hosted wire. */
    static Route permissions(SecurableType type, String name) {
        return type == SecurableType.SHARE
                ? Route.catalog("shares", name, "permissions")
                : Route.catalog("permissions", type.wireName(), name);
    }

    private static Route of(Route route, @Nullable String principal) {
        return principal == null ? route : route.with("principal", principal);
    }

    /** A row for each privilege, because each may have come from elsewhere. */
    private static Answer withOrigins(JsonNode answer) {
        List<JsonNode> rows = new ArrayList<>();
        for (JsonNode holder : answer.path("privilege_assignments"))
            for (JsonNode held : holder.path("privileges")) {
                String type = held.path("inherited_from_type").asText();
                rows.add(Json.object()
                        .put("principal", holder.path("principal").asText())
                        .put("privilege", typed(held.path("privilege").asText()))
                        .put("type", type.toLowerCase(Locale.ROOT))
                        .put("name", held.path("inherited_from_name").asText()));
            }
        return Answer.rows(
                answer,
                rows,
                List.of(
                        Column.text("principal", "principal"),
                        Column.text("privilege", "privilege"),
                        Column.text("given on", "type"),
                        Column.text("name", "name")));
    }
}
