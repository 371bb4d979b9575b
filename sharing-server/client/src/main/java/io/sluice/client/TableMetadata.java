package io.sluice.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** @param schemaString Delta's JSON schema */
public record TableMetadata(
        long version, String id, Optional<String> name, String schemaString, List<String> partitionColumns) {
    public TableMetadata {
        partitionColumns = List.copyOf(partitionColumns);
    }

    static TableMetadata of(long version, JsonNode json) {
        List<String> columns = new ArrayList<>();
        json.path("partitionColumns").forEach(column -> columns.add(column.asText()));
        return new TableMetadata(
                version,
                json.path("id").asText(),
                Optional.ofNullable(json.path("name").textValue()),
                json.path("schemaString").asText(),
                columns);
    }
}
