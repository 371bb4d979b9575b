package io.sluice.cli.command;

import io.sluice.cli.http.Route;
import io.sluice.cli.show.Answer;
import io.sluice.cli.show.Column;
import io.sluice.model.name.TableName;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "model",
        description = "Registered models and their versions.",
        footer = "Example: sluice model list sales.eu")
public final class ModelCommand extends Noun {

    @Command(
            name = "list",
            description = "List the models of a schema.",
            footer = "Example: sluice model list sales.eu")
    int list(@Mixin Common common, @Parameters(paramLabel = "CATALOG.SCHEMA") String schema, @Mixin Paging paging) {
        return Kind.MODEL.list(common, paging, schema);
    }

    @Command(name = "get", description = "Show one model.", footer = "Example: sluice model get sales.eu.churn")
    int get(@Mixin Common common, @Parameters(paramLabel = "CATALOG.SCHEMA.MODEL") String name) {
        return Kind.MODEL.get(common, name);
    }

    @Command(
            name = "versions",
            description = "List the versions of a model.",
            footer = "Example: sluice model versions sales.eu.churn")
    int versions(
            @Mixin Common common, @Parameters(paramLabel = "CATALOG.SCHEMA.MODEL") String name, @Mixin Paging paging) {
        Route route = Route.catalog("models", TableName.parse(name).toString(), "versions");
        return common.show(server -> Answer.many(
                paging.read(common, server, route, "model_versions"),
                "model_versions",
                Column.number("version", "version"),
                Column.text("status", "status"),
                Column.text("source", "source"),
                Column.text("by", "created_by"),
                Column.time("created", "created_at"),
                Column.text("comment", "comment")));
    }

    @Command(
            name = "create",
            description = "Make a model without versions.",
            footer = "Example: sluice model create sales.eu.churn")
    int create(
            @Mixin Common common,
            @Parameters(paramLabel = "CATALOG.SCHEMA.MODEL") String name,
            @Option(names = "--comment", paramLabel = "TEXT") @Nullable String comment) {
        return Kind.MODEL.create(common, Kind.MODEL.named(name).put("comment", comment));
    }

    @Command(
            name = "update",
            description = "Change the name, comment or owner of a model.",
            footer = "Example: sluice model update sales.eu.churn --owner data-team")
    int update(
            @Mixin Common common,
            @Parameters(paramLabel = "CATALOG.SCHEMA.MODEL") String name,
            @Mixin Describing.OrRenaming wish) {
        return Kind.MODEL.update(common, name, wish);
    }

    @Command(
            name = "delete",
            description = "Delete a model.",
            footer = "Example: sluice model delete sales.eu.churn --force --yes")
    int delete(
            @Mixin Common common,
            @Parameters(paramLabel = "CATALOG.SCHEMA.MODEL") String name,
            @Option(names = "--force", description = "With its versions.") boolean force,
            @Mixin Destroying destroying) {
        return Kind.MODEL.delete(common, name, destroying, force);
    }
}
