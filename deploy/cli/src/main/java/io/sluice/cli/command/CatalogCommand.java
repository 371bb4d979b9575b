package io.sluice.cli.command;

import io.sluice.cli.http.Route;
import io.sluice.cli.show.Answer;
import io.sluice.cli.show.Column;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "catalog", description = "Catalogs: the first part of a table's name.")
public final class CatalogCommand extends Noun {

    @Command(name = "list", description = "List the catalogs that you may see.")
    int list(@Mixin Common common) {
        return common.show(server -> Answer.many(
                server.getAll(Route.catalog("catalogs"), "catalogs"),
                "catalogs",
                Column.text("name", "name"),
                Column.text("owner", "owner"),
                Column.time("created", "created_at"),
                Column.text("comment", "comment")));
    }
}
