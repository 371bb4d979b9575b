package io.sluice.cli.command;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "schema",
        description = "Schemas: the second part of a table's name.",
        footer = "Example: sluice schema list sales")
public final class SchemaCommand extends Noun {

    @Command(
            name = "list",
            description = "List the schemas of a catalog.",
            footer = "Example: sluice schema list sales")
    int list(@Mixin Common common, @Parameters(paramLabel = "CATALOG") String catalog, @Mixin Paging paging) {
        return Kind.SCHEMA.list(common, paging, catalog);
    }

    @Command(name = "get", description = "Show one schema.", footer = "Example: sluice schema get sales.eu")
    int get(@Mixin Common common, @Parameters(paramLabel = "CATALOG.SCHEMA") String name) {
        return Kind.SCHEMA.get(common, name);
    }

    @Command(name = "create", description = "Make a schema.", footer = "Example: sluice schema create sales.eu")
    int create(
            @Mixin Common common,
            @Parameters(paramLabel = "CATALOG.SCHEMA") String name,
            @Option(names = "--comment", paramLabel = "TEXT") @Nullable String comment,
            @Option(names = "--storage-root", paramLabel = "URL", description = "Folder for what is managed.") @Nullable
                    String storageRoot) {
        return Kind.SCHEMA.create(
                common, Kind.SCHEMA.named(name).put("comment", comment).put("storage_root", storageRoot));
    }

    @Command(
            name = "update",
            description = "Change the name, comment or owner of a schema.",
            footer = "Example: sluice schema update sales.eu --rename europe")
    int update(
            @Mixin Common common,
            @Parameters(paramLabel = "CATALOG.SCHEMA") String name,
            @Mixin Describing.OrRenaming wish) {
        return Kind.SCHEMA.update(common, name, wish);
    }

    @Command(
            name = "delete",
            description = "Delete a schema.",
            footer = "Example: sluice schema delete sales.old --force --yes")
    int delete(
            @Mixin Common common,
            @Parameters(paramLabel = "CATALOG.SCHEMA") String name,
            @Option(names = "--force", description = "With all that is in it.") boolean force,
            @Mixin Destroying destroying) {
        return Kind.SCHEMA.delete(common, name, destroying, force);
    }
}
