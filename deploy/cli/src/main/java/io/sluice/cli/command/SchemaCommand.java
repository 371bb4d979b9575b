package io.sluice.cli.command;

import io.sluice.cli.http.Route;
import io.sluice.cli.show.Answer;
import io.sluice.cli.show.Column;
import io.sluice.model.name.EntityName;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "schema", description = "Schemas: the second part of a table's name.")
public final class SchemaCommand extends Noun {

    @Command(name = "list", description = "List the schemas of a catalog.")
    int list(@Mixin Common common, @Parameters(paramLabel = "CATALOG") String catalog) {
        Route route = Route.catalog("schemas")
                .with("catalog_name", EntityName.of(catalog).value());
        return common.show(server -> Answer.many(
                server.getAll(route, "schemas"),
                "schemas",
                Column.text("name", "full_name"),
                Column.text("owner", "owner"),
                Column.time("created", "created_at"),
                Column.text("comment", "comment")));
    }
}
