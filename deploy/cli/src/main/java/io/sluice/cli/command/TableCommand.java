package io.sluice.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.cli.http.Route;
import io.sluice.cli.show.Answer;
import io.sluice.cli.show.Column;
import io.sluice.model.name.SchemaName;
import io.sluice.model.name.TableName;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "table", description = "Tables and their columns.")
public final class TableCommand extends Noun {

    @Command(name = "get", description = "Show one table.")
    int get(@Mixin Common common, @Parameters(paramLabel = "CATALOG.SCHEMA.TABLE") String name) {
        Route route = Route.catalog("tables", TableName.parse(name).toString());
        return common.show(server -> {
            JsonNode table = server.get(route);
            return facts(table).above(columns(table));
        });
    }

    @Command(name = "list", description = "List the tables of a schema.")
    int list(@Mixin Common common, @Parameters(paramLabel = "CATALOG.SCHEMA") String name) {
        SchemaName schema = SchemaName.parse(name);
        Route route = Route.catalog("tables")
                .with("catalog_name", schema.catalog().value())
                .with("schema_name", schema.schema().value());
        return common.show(server -> Answer.many(
                server.getAll(route, "tables"),
                "tables",
                Column.text("name", "name"),
                Column.text("type", "table_type"),
                Column.text("format", "data_source_format"),
                Column.text("owner", "owner"),
                Column.text("comment", "comment")));
    }

    private static Answer facts(JsonNode table) {
        return Answer.one(
                table,
                Column.text("catalog", "catalog_name"),
                Column.text("schema", "schema_name"),
                Column.text("name", "name"),
                Column.text("type", "table_type"),
                Column.text("format", "data_source_format"),
                Column.text("owner", "owner"),
                Column.text("location", "storage_location"),
                Column.time("created", "created_at"),
                Column.time("updated", "updated_at"),
                Column.text("id", "table_id"),
                Column.text("comment", "comment"));
    }

    private static Answer columns(JsonNode table) {
        return Answer.many(
                table,
                "columns",
                Column.text("column", "name"),
                Column.text("type", "type_text"),
                Column.text("nullable", "nullable"),
                Column.text("comment", "comment"));
    }
}
