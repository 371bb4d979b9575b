package io.sluice.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * @param schemaString Delta's JSON schema
 * @param configuration as far as the server tells it
 */
public record TableMetadata(
        long version,
        String id,
        Optional<String> name,
        String schemaString,
        List<String> partitionColumns,
        Map<String, String> configuration) {
    public TableMetadata {
        partitionColumns = List.copyOf(partitionColumns);
        configuration = Map.copyOf(configuration);
    }

    static TableMetadata of(long version, JsonNode json) {
        List<String> columns = new ArrayList<>();
        json.path("partitionColumns").forEach(column -> columns.add(column.asText()));
        Map<String, String> configuration = new LinkedHashMap<>();
        json.path("configuration")
                .properties()
                .forEach(entry ->
                        configuration.put(entry.getKey(), entry.getValue().asText()));
        return new TableMetadata(
                version,
                json.path("id").asText(),
                Optional.ofNullable(json.path("name").textValue()),
                json.path("schemaString").asText(),
                columns,
                configuration);
    }
}
