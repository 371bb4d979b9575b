package io.sluice.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.cli.http.Json;
import io.sluice.cli.show.Answer;
import io.sluice.cli.show.Column;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "function",
        description = "Functions, as engines described them. They are made by engines.",
        footer = "Example: sluice function list sales.eu")
public final class FunctionCommand extends Noun {

    @Command(
            name = "list",
            description = "List the functions of a schema.",
            footer = "Example: sluice function list sales.eu")
    int list(@Mixin Common common, @Parameters(paramLabel = "CATALOG.SCHEMA") String schema, @Mixin Paging paging) {
        return Kind.FUNCTION.list(common, paging, schema);
    }

    @Command(
            name = "get",
            description = "Show one function and its parameters.",
            footer = "Example: sluice function get sales.eu.vat")
    int get(@Mixin Common common, @Parameters(paramLabel = "CATALOG.SCHEMA.FUNCTION") String name) {
        return common.show(server -> {
            JsonNode function = server.get(Kind.FUNCTION.route(name));
            List<JsonNode> parameters =
                    Json.elements(function.path("input_params").path("parameters"));
            List<Column> columns = List.of(Column.text("parameter", "name"), Column.text("type", "type_text"));
            return Kind.FUNCTION.facts(function).above(Answer.rows(function, parameters, columns));
        });
    }

    @Command(
            name = "delete",
            description = "Delete a function.",
            footer = "Example: sluice function delete sales.eu.vat --yes")
    int delete(
            @Mixin Common common,
            @Parameters(paramLabel = "CATALOG.SCHEMA.FUNCTION") String name,
            @Mixin Destroying destroying) {
        return Kind.FUNCTION.delete(common, name, destroying);
    }
}
