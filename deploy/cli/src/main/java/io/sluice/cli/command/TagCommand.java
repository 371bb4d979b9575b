package io.sluice.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.cli.exit.CommandFailure;
import io.sluice.cli.http.Json;
import io.sluice.cli.http.Route;
import io.sluice.cli.http.SluiceServer;
import io.sluice.cli.show.Answer;
import io.sluice.cli.show.Column;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "tag",
        description = "Tags. TYPE is catalog, schema, table, column, volume, function or registered_model.",
        footer = "Example: sluice tag set column sales.eu.orders.customer pii=true")
public final class TagCommand extends Noun {
    private static final String LIST = "tag_assignments";

    @Command(
            name = "list",
            description = "List the tags of a thing.",
            footer = "Example: sluice tag list table sales.eu.orders")
    int list(
            @Mixin Common common,
            @Parameters(paramLabel = "TYPE") String type,
            @Parameters(paramLabel = "NAME") String name) {
        return common.show(server -> tags(server, type, name));
    }

    @Command(
            name = "set",
            description = "Put tags on a thing, or give those it has another value.",
            footer = "Example: sluice tag set table sales.eu.orders domain=sales reviewed")
    int set(
            @Mixin Common common,
            @Parameters(paramLabel = "TYPE") String type,
            @Parameters(paramLabel = "NAME") String name,
            @Parameters(paramLabel = "KEY[=VALUE]", arity = "1..*") List<String> tags) {
        return common.show(server -> {
            JsonNode now = server.getAll(route(type, name), LIST).path(LIST);
            Set<String> keys = StreamSupport.stream(now.spliterator(), false)
                    .map(tag -> tag.path("tag_key").asText())
                    .collect(Collectors.toSet());
            for (String tag : tags) put(server, type, name, tag, keys);
            return tags(server, type, name);
        });
    }

    @Command(
            name = "remove",
            description = "Take tags off a thing.",
            footer = "Example: sluice tag remove table sales.eu.orders reviewed")
    int remove(
            @Mixin Common common,
            @Parameters(paramLabel = "TYPE") String type,
            @Parameters(paramLabel = "NAME") String name,
            @Parameters(paramLabel = "KEY", arity = "1..*") List<String> keys) {
        return common.show(server -> {
            keys.forEach(key -> server.delete(route(type, name, key)));
            return tags(server, type, name);
        });
    }

    private static void put(SluiceServer server, String type, String name, String tag, Set<String> keys) {
        int equals = tag.indexOf('=');
        String key = equals < 0 ? tag : tag.substring(0, equals);
        ObjectNode body = Json.object()
                .put("entity_type", plural(type))
                .put("entity_name", name)
                .put("tag_key", key)
                .put("tag_value", equals < 0 ? "" : tag.substring(equals + 1));
        if (keys.contains(key)) server.patch(route(type, name, key), body);
        else server.post(Route.catalog("entity-tag-assignments"), body);
    }

    private static Answer tags(SluiceServer server, String type, String name) {
        return Answer.many(
                server.getAll(route(type, name), LIST),
                LIST,
                Column.text("key", "tag_key"),
                Column.text("value", "tag_value"));
    }

    private static Route route(String type, String name) {
        return Route.catalog("entity-tag-assignments", plural(type), name, "tags");
    }

    private static Route route(String type, String name, String key) {
        return Route.catalog("entity-tag-assignments", plural(type), name, "tags", key);
    }

    /** The wire wants the plural; people write either. */
    private static String plural(String type) {
        String word = type.toLowerCase(Locale.ROOT);
        if (word.isBlank()) throw CommandFailure.usage("The type is empty. Write one as in: tag list table a.b.c");
        return word.endsWith("s") ? word : word + "s";
    }
}
