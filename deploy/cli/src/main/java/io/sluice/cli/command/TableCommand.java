package io.sluice.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.cli.http.Json;
import io.sluice.cli.http.Route;
import io.sluice.cli.show.Answer;
import io.sluice.cli.show.Column;
import io.sluice.model.name.EntityName;
import io.sluice.model.name.SchemaName;
import io.sluice.model.name.TableName;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "table",
        description = "Tables and their columns.",
        footer = "Example: sluice table get sales.eu.orders")
public final class TableCommand extends Noun {

    @Command(
            name = "list",
            description = "List the tables of a schema.",
            footer = "Example: sluice table list sales.eu -o csv")
    int list(@Mixin Common common, @Parameters(paramLabel = "CATALOG.SCHEMA") String schema, @Mixin Paging paging) {
        return Kind.TABLE.list(common, paging, schema);
    }

    @Command(
            name = "find",
            description = "Find tables anywhere in a catalog. In patterns % stands for any letters and _ for one.",
            footer = "Example: sluice table find sales --table 'order%'")
    int find(
            @Mixin Common common,
            @Parameters(paramLabel = "CATALOG") String catalog,
            @Option(names = "--schema", paramLabel = "PATTERN", defaultValue = "%") String schema,
            @Option(names = "--table", paramLabel = "PATTERN", defaultValue = "%") String table,
            @Mixin Paging paging) {
        Route route = Route.catalog("table-summaries")
                .with("catalog_name", EntityName.of(catalog).value())
                .with("schema_name_pattern", schema)
                .with("table_name_pattern", table);
        return common.show(server -> Answer.many(
                paging.read(common, server, route, "tables"),
                "tables",
                Column.text("name", "full_name"),
                Column.text("type", "table_type")));
    }

    @Command(
            name = "get",
            description = "Show one table and its columns.",
            footer = "Example: sluice table get sales.eu.orders")
    int get(@Mixin Common common, @Parameters(paramLabel = "CATALOG.SCHEMA.TABLE") String name) {
        Route route = Kind.TABLE.route(name);
        return common.show(server -> shown(server.get(route)));
    }

    @Command(
            name = "create",
            description =
                    "Register a table whose files are there. Write each column as NAME:TYPE or NAME:TYPE not null.",
            footer = "Example: sluice table create sales.eu.orders --location s3://lake/orders --column id:bigint")
    int create(
            @Mixin Common common,
            @Parameters(paramLabel = "CATALOG.SCHEMA.TABLE") String name,
            @Option(names = "--location", paramLabel = "URL", required = true, description = "Its folder.")
                    String location,
            @Option(names = "--column", paramLabel = "NAME:TYPE", description = "Once for each column.") @Nullable
                    List<String> columns,
            @Option(
                            names = "--format",
                            paramLabel = "FORMAT",
                            defaultValue = "DELTA",
                            description = "Default: ${DEFAULT-VALUE}.")
                    String format,
            @Option(names = "--comment", paramLabel = "TEXT") @Nullable String comment) {
        ObjectNode body = Kind.TABLE
                .named(name)
                .put("table_type", "EXTERNAL")
                .put("data_source_format", format)
                .put("storage_location", location)
                .put("comment", comment);
        ArrayNode wanted = body.putArray("columns");
        if (columns != null)
            for (String column : columns) wanted.add(NewColumn.parse(column).json(wanted.size()));
        return common.show(server -> shown(server.post(Route.catalog("tables"), body)));
    }

    @Command(
            name = "update",
            description = "Change the comment or owner of a table.",
            footer = "Example: sluice table update sales.eu.orders --comment \"One row for each order\"")
    int update(
            @Mixin Common common,
            @Parameters(paramLabel = "CATALOG.SCHEMA.TABLE") String name,
            @Mixin Describing wish) {
        return Kind.TABLE.update(common, name, wish);
    }

    @Command(
            name = "delete",
            description = "Drop a table. It can be had back for some days, see undrop.",
            footer = "Example: sluice table delete sales.eu.orders --yes")
    int delete(
            @Mixin Common common,
            @Parameters(paramLabel = "CATALOG.SCHEMA.TABLE") String name,
            @Mixin Destroying destroying) {
        return Kind.TABLE.delete(common, name, destroying);
    }

    @Command(
            name = "dropped",
            description = "List the dropped tables of a schema that you may have back.",
            footer = "Example: sluice table dropped sales.eu")
    int dropped(@Mixin Common common, @Parameters(paramLabel = "CATALOG.SCHEMA") String name) {
        SchemaName schema = SchemaName.parse(name);
        Route route = Route.sluice("dropped-tables")
                .with("catalog_name", schema.catalog().value())
                .with("schema_name", schema.schema().value());
        return common.show(server -> Answer.many(
                server.get(route),
                "tables",
                Column.text("name", "full_name"),
                Column.text("type", "table_type"),
                Column.time("dropped", "deleted_at"),
                Column.text("by", "deleted_by"),
                Column.text("id", "table_id")));
    }

    @Command(
            name = "undrop",
            description = "Have a dropped table back, with its grants.",
            footer = "Example: sluice table undrop sales.eu.orders")
    int undrop(
            @Mixin Common common,
            @Parameters(paramLabel = "CATALOG.SCHEMA.TABLE") String name,
            @Option(
                            names = "--id",
                            paramLabel = "TABLE_ID",
                            description = "Which of several. Default: the one dropped last.")
                    @Nullable
                    String id) {
        ObjectNode body = Json.object().put("full_name", TableName.parse(name).toString());
        if (id != null) body.put("table_id", id);
        return common.show(server -> shown(server.post(Route.sluice("dropped-tables", "undrop"), body)));
    }

    private static Answer shown(JsonNode table) {
        return Kind.TABLE
                .facts(table)
                .above(Answer.many(
                        table,
                        "columns",
                        Column.text("column", "name"),
                        Column.text("type", "type_text"),
                        Column.text("nullable", "nullable"),
                        Column.text("comment", "comment")));
    }
}
