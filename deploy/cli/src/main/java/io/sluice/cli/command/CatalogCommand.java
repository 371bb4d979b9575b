package io.sluice.cli.command;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "catalog",
        description = "Catalogs: the first part of a table's name.",
        footer = "Example: sluice catalog list")
public final class CatalogCommand extends Noun {

    @Command(
            name = "list",
            description = "List the catalogs that you may see.",
            footer = "Example: sluice catalog list")
    int list(@Mixin Common common, @Mixin Paging paging) {
        return Kind.CATALOG.list(common, paging);
    }

    @Command(name = "get", description = "Show one catalog.", footer = "Example: sluice catalog get sales")
    int get(@Mixin Common common, @Parameters(paramLabel = "CATALOG") String name) {
        return Kind.CATALOG.get(common, name);
    }

    @Command(
            name = "create",
            description = "Make a catalog.",
            footer = "Example: sluice catalog create sales --comment \"All that was sold\"%n"
                    + "         sluice catalog create acme_sales --provider acme --share sales")
    int create(
            @Mixin Common common,
            @Parameters(paramLabel = "CATALOG") String name,
            @Option(names = "--comment", paramLabel = "TEXT") @Nullable String comment,
            @Option(names = "--storage-root", paramLabel = "URL", description = "Folder for what is managed.") @Nullable
                    String storageRoot,
            @Option(
                            names = "--provider",
                            paramLabel = "PROVIDER",
                            description = "Show a share of this provider, to be read only.")
                    @Nullable
                    String provider,
            @Option(names = "--share", paramLabel = "SHARE", description = "Which share of the provider.") @Nullable
                    String share) {
        return Kind.CATALOG.create(
                common,
                Kind.CATALOG
                        .named(name)
                        .put("comment", comment)
                        .put("storage_root", storageRoot)
                        .put("provider_name", provider)
                        .put("share_name", share));
    }

    @Command(
            name = "update",
            description = "Change the name, comment or owner of a catalog.",
            footer = "Example: sluice catalog update sales --owner data-team")
    int update(
            @Mixin Common common, @Parameters(paramLabel = "CATALOG") String name, @Mixin Describing.OrRenaming wish) {
        return Kind.CATALOG.update(common, name, wish);
    }

    @Command(
            name = "delete",
            description = "Delete a catalog.",
            footer = "Example: sluice catalog delete old_sales --force --dry-run")
    int delete(
            @Mixin Common common,
            @Parameters(paramLabel = "CATALOG") String name,
            @Option(names = "--force", description = "With all that is in it.") boolean force,
            @Mixin Destroying destroying) {
        return Kind.CATALOG.delete(common, name, destroying, force);
    }
}
