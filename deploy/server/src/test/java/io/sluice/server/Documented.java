package io.sluice.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The operations of docs/openapi.json, so that a test can reach each of them. */
record Documented(JsonNode document) {

    /** @param described what the document says of it */
    record Operation(String method, String path, JsonNode described) {
        boolean hasBody() {
            return described.has("requestBody");
        }

        boolean hasPathParameters() {
            return path.contains("{");
        }

        boolean takes(String query) {
            return described.findValuesAsText("name").contains(query);
        }

        boolean tells(String status) {
            return described.path("responses").has(status);
        }

        /** With the same text for each part that is left open. */
        String at(String text) {
            return path.replaceAll("\\{\\w+}", text);
        }
    }

    static Documented read() throws Exception {
        return new Documented(new ObjectMapper().readTree(Files.readString(Path.of("../../docs/openapi.json"))));
    }

    List<Operation> operations() {
        List<Operation> all = new ArrayList<>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(operation -> all.add(new Operation(
                                operation.getKey().toUpperCase(Locale.ROOT), path.getKey(), operation.getValue()))));
        return all;
    }

    Optional<Operation> find(String method, String path) {
        return operations().stream()
                .filter(operation ->
                        operation.method().equals(method) && operation.path().equals(path))
                .findFirst();
    }

    /** By path, the methods that are served there. */
    Map<String, Set<String>> methods() {
        Map<String, Set<String>> methods = new TreeMap<>();
        for (Operation operation : operations())
            methods.computeIfAbsent(operation.path(), path -> new TreeSet<>()).add(operation.method());
        return methods;
    }

    /** The type of each field of the body, as far as it is told. */
    Map<String, String> fields(Operation operation) {
        JsonNode schema = operation.described().at("/requestBody/content/application~1json/schema");
        if (schema.has("$ref"))
            schema = document.at(schema.path("$ref").asText().substring(1));
        Map<String, String> types = new TreeMap<>();
        schema.path("properties").properties().forEach(field -> {
            JsonNode type = field.getValue();
            if (type.has("type") || type.has("$ref"))
                types.put(field.getKey(), type.path("type").asText("object"));
        });
        return types;
    }
}
