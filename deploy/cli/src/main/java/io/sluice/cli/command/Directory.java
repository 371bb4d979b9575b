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

/** Users and groups as SCIM has them: people name them by name, the wire by id. */
enum Directory {
    USERS(
            "user",
            "Users",
            "userName",
            Column.text("name", "userName"),
            Column.text("shown as", "displayName"),
            Column.text("active", "active"),
            Column.text("id", "id")),
    GROUPS(
            "group",
            "Groups",
            "displayName",
            Column.text("name", "displayName"),
            new Column("members", false, group -> String.join(" ", members(group))),
            Column.text("id", "id"));

    private final String noun;
    private final String collection;
    private final String nameField;
    private final Column[] columns;

    Directory(String noun, String collection, String nameField, Column... columns) {
        this.noun = noun;
        this.collection = collection;
        this.nameField = nameField;
        this.columns = columns;
    }

    int list(Common common) {
        return common.show(server -> Answer.many(server.getAllResources(route()), "Resources", columns));
    }

    int create(Common common, ObjectNode body) {
        return common.show(server -> facts(server.post(route(), body)));
    }

    int delete(Common common, String name, Destroying destroying) {
        return common.show(server -> {
            JsonNode found = get(server, name);
            return destroying.run(common, () -> facts(found), () -> {
                server.delete(route(found));
                return Destroying.deleted(name);
            });
        });
    }

    JsonNode get(SluiceServer server, String name) {
        // The server's filter ignores case, names do not. No name that it accepts holds a quote.
        String filter = "%s eq \"%s\"".formatted(nameField, name.replace("\"", ""));
        for (JsonNode one :
                server.getAllResources(route().with("filter", filter)).path("Resources"))
            if (one.path(nameField).asText().equals(name)) return one;
        throw new CommandFailure(
                Exit.NOT_FOUND, "There is no %s %s. Ask for: sluice %s list".formatted(noun, name, noun));
    }

    Route route() {
        return Route.control("scim2", collection);
    }

    Route route(JsonNode found) {
        return Route.control("scim2", collection, found.path("id").asText());
    }

    Answer facts(JsonNode one) {
        return Answer.one(one, columns);
    }

    static Iterable<String> members(JsonNode group) {
        return Json.elements(group.path("members")).stream()
                .map(member -> member.path("value").asText())
                .toList();
    }
}
