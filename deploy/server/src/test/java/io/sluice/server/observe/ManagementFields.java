package io.sluice.server.observe;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.model.failure.Failure;
import io.sluice.sharing.wire.FederationJson;
import io.sluice.sharing.wire.FolderRequest;
import io.sluice.sharing.wire.PermissionsJson;
import io.sluice.sharing.wire.PollRequest;
import io.sluice.sharing.wire.ProviderJson;
import io.sluice.sharing.wire.QueryRequest;
import io.sluice.sharing.wire.RecipientJson;
import io.sluice.sharing.wire.ShareJson;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The fields that the sharing room's readers know. They read trees rather than types, so they are asked: a field that
 * nobody knows makes a strict reader list those that it does, and a value of the wrong type makes it tell the right one.
 */
final class ManagementFields {
    private static final Pattern KNOWN = Pattern.compile("has a field \"\\?\", which is not known. Known are: (.*)\\.");
    private static final Map<String, String> TYPES = Map.of(
            "a text", "string",
            "a whole number", "integer",
            "true or false", "boolean",
            "an object", "object",
            "a list of texts", "array");

    /** By the reader's class and method. */
    private static final Map<String, Consumer<byte[]>> READERS = Map.ofEntries(
            Map.entry("ShareJson.newShare", ShareJson::newShare),
            Map.entry("ShareJson.patch", ShareJson::patch),
            Map.entry("RecipientJson.newRecipient", RecipientJson::newRecipient),
            Map.entry("RecipientJson.patch", RecipientJson::patch),
            Map.entry("RecipientJson.grace", RecipientJson::grace),
            Map.entry("ProviderJson.newProvider", ProviderJson::newProvider),
            Map.entry("ProviderJson.patch", ProviderJson::patch),
            Map.entry("PermissionsJson.patch", PermissionsJson::patch),
            Map.entry("FederationJson.newPolicy", FederationJson::newPolicy),
            Map.entry("FederationJson.patch", body -> FederationJson.patch(body, Optional.empty())),
            Map.entry("FolderRequest.parse", FolderRequest::parse),
            Map.entry("PollRequest.parse", PollRequest::parse),
            Map.entry("QueryRequest.parse", QueryRequest::parse));

    /** A query passes over what it does not know, as the protocol wants; these are the protocol's names. */
    private static final List<String> QUERY = List.of(
            "endingVersion",
            "idempotencyKey",
            "includeRefreshToken",
            "jsonPredicateHints",
            "limitHint",
            "predicateHints",
            "startingVersion",
            "version");

    private static final List<String> POLL = List.of("maxFiles", "pageToken");

    private static final ObjectMapper JSON = new ObjectMapper();

    private ManagementFields() {}

    static Optional<ObjectNode> readBy(Operation operation) {
        return READERS.keySet().stream()
                .filter(reader -> {
                    String[] parts = reader.split("\\.");
                    return operation.calls(parts[0], parts[1]);
                })
                .findFirst()
                .map(reader -> describe(reader, READERS.get(reader)));
    }

    private static ObjectNode describe(String reader, Consumer<byte[]> read) {
        List<String> names = switch (reader) {
            case "QueryRequest.parse" -> QUERY;
            case "PollRequest.parse" -> POLL;
            case "FolderRequest.parse" -> List.of("location");
            default -> known(read, field -> field);
        };
        return fields(names, read, field -> field);
    }

    /** @param wrap puts an object to where in the body it belongs */
    private static ObjectNode fields(List<String> names, Consumer<byte[]> read, Function<String, String> wrap) {
        ObjectNode schema = JSON.createObjectNode().put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        Map<String, ObjectNode> sorted = new TreeMap<>();
        for (String name : names) sorted.put(name, field(name, read, wrap));
        sorted.forEach(properties::set);
        return schema;
    }

    private static ObjectNode field(String name, Consumer<byte[]> read, Function<String, String> wrap) {
        Function<String, String> inside = object -> wrap.apply("{\"%s\":%s}".formatted(name, object));
        List<String> ofObject = known(read, inside);
        if (!ofObject.isEmpty()) return fields(ofObject, read, inside);
        Function<String, String> inList = object -> inside.apply("[" + object + "]");
        List<String> ofItems = known(read, inList);
        ObjectNode schema = JSON.createObjectNode();
        if (!ofItems.isEmpty()) return schema.put("type", "array").set("items", fields(ofItems, read, inList));
        String asText = told(read, inside.apply("\"?\"")).orElse("");
        String asList = told(read, inside.apply("[1]")).orElse("");
        TYPES.forEach((words, type) -> {
            String must = name + ".* must be " + words + "\\.?";
            if (asText.matches(must) || asList.matches(must)) schema.put("type", type);
        });
        return schema;
    }

    private static List<String> known(Consumer<byte[]> read, Function<String, String> wrap) {
        Matcher told = KNOWN.matcher(told(read, wrap.apply("{\"?\":1}")).orElse(""));
        return told.find() ? List.of(told.group(1).split(", ")) : List.of();
    }

    private static Optional<String> told(Consumer<byte[]> read, String body) {
        try {
            read.accept(body.getBytes(StandardCharsets.UTF_8));
            return Optional.empty();
        } catch (Failure e) {
            return Optional.ofNullable(e.getMessage());
        }
    }
}
