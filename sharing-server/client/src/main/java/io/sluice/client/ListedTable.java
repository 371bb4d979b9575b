package io.sluice.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** A table of a share. Not every server tells ids. */
public record ListedTable(TableRef ref, Optional<String> id, Optional<String> shareId) {
    static ListedTable of(JsonNode item) {
        TableRef ref = new TableRef(
                item.path("share").asText(),
                item.path("schema").asText(),
                item.path("name").asText());
        return new ListedTable(
                ref,
                Optional.ofNullable(item.path("id").textValue()),
                Optional.ofNullable(item.path("shareId").textValue()));
    }
}
