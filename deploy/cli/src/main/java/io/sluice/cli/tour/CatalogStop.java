package io.sluice.cli.tour;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.cli.exit.CommandFailure;
import io.sluice.cli.http.Route;
import io.sluice.cli.http.SluiceServer;

/** Job one: a table can be found by its name, and carries its columns and its place. */
record CatalogStop(SluiceServer server, Guide guide) {

    void visit(World world) {
        if (world.tables().isEmpty()) throw CommandFailure.difference("The demo world has no table.");
        guide.stop(
                "The catalog knows every table",
                "Any Unity Catalog client finds tables here; grants decide what it sees.",
                "sluice table get " + world.tables().get(0));
        world.tables().forEach(this::look);
    }

    private void look(String name) {
        JsonNode table = server.get(Route.catalog("tables", name));
        String found = "%s.%s.%s"
                .formatted(
                        table.path("catalog_name").asText(),
                        table.path("schema_name").asText(),
                        table.path("name").asText());
        if (!found.equalsIgnoreCase(name))
            throw CommandFailure.difference("Asked for the table %s, the catalog answered with %s.", name, found);
        if (table.path("columns").isEmpty()) throw CommandFailure.difference("The table %s has no columns.", name);
        guide.saw(
                "%s: %s, %d columns, owned by %s",
                name,
                table.path("data_source_format").asText(),
                table.path("columns").size(),
                table.path("owner").asText());
    }
}
