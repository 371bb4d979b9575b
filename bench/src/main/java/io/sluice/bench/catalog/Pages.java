package io.sluice.bench.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.bench.server.Api;
import io.sluice.bench.server.ServerProcess;
import java.io.IOException;

/** Walks through all pages of a schema. */
final class Pages {
    private Pages() {}

    /** Answers how many tables there are. */
    static int readAll(ServerProcess server, String schema) throws IOException, InterruptedException {
        Api api = new Api(server.uri(), server.adminToken());
        String path = "/api/2.1/unity-catalog/tables?catalog_name=%s&schema_name=%s&omit_columns=true"
                .formatted(ManyTables.CATALOG, schema);
        String next = "";
        int count = 0;
        do {
            JsonNode page = api.get(path + (next.isEmpty() ? "" : "&page_token=" + next));
            count += page.path("tables").size();
            next = page.path("next_page_token").asText("");
            if (next.equals("null")) next = "";
        } while (!next.isEmpty());
        return count;
    }
}
