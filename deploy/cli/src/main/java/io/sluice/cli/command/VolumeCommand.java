package io.sluice.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "volume",
        description = "Volumes: governed folders of files that are no tables.",
        footer = "Example: sluice volume list sales.eu")
public final class VolumeCommand extends Noun {

    @Command(
            name = "list",
            description = "List the volumes of a schema.",
            footer = "Example: sluice volume list sales.eu")
    int list(@Mixin Common common, @Parameters(paramLabel = "CATALOG.SCHEMA") String schema, @Mixin Paging paging) {
        return Kind.VOLUME.list(common, paging, schema);
    }

    @Command(name = "get", description = "Show one volume.", footer = "Example: sluice volume get sales.eu.invoices")
    int get(@Mixin Common common, @Parameters(paramLabel = "CATALOG.SCHEMA.VOLUME") String name) {
        return Kind.VOLUME.get(common, name);
    }

    @Command(
            name = "create",
            description = "Make a volume; without a location its place is chosen by the catalog.",
            footer = "Example: sluice volume create sales.eu.invoices --location s3://lake/invoices")
    int create(
            @Mixin Common common,
            @Parameters(paramLabel = "CATALOG.SCHEMA.VOLUME") String name,
            @Option(names = "--location", paramLabel = "URL", description = "Folder of an external volume.") @Nullable
                    String location,
            @Option(names = "--comment", paramLabel = "TEXT") @Nullable String comment) {
        ObjectNode body = Kind.VOLUME.named(name).put("volume_type", location == null ? "MANAGED" : "EXTERNAL");
        if (location != null) body.put("storage_location", location);
        if (comment != null) body.put("comment", comment);
        return Kind.VOLUME.create(common, body);
    }

    @Command(
            name = "update",
            description = "Change the name, comment or owner of a volume.",
            footer = "Example: sluice volume update sales.eu.invoices --comment \"PDF, by month\"")
    int update(
            @Mixin Common common,
            @Parameters(paramLabel = "CATALOG.SCHEMA.VOLUME") String name,
            @Mixin Describing.OrRenaming wish) {
        return Kind.VOLUME.update(common, name, wish);
    }

    @Command(
            name = "delete",
            description = "Delete a volume. The files of an external one stay where they are.",
            footer = "Example: sluice volume delete sales.eu.invoices --yes")
    int delete(
            @Mixin Common common,
            @Parameters(paramLabel = "CATALOG.SCHEMA.VOLUME") String name,
            @Mixin Destroying destroying) {
        return Kind.VOLUME.delete(common, name, destroying);
    }
}
