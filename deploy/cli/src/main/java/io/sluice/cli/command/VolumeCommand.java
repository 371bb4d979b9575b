package io.sluice.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.cli.http.Json;
import io.sluice.cli.http.Route;
import io.sluice.cli.show.Answer;
import io.sluice.cli.show.Column;
import io.sluice.model.name.SchemaName;
import io.sluice.model.name.TableName;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "volume", description = "Volumes: governed folders of files that are no tables.")
public final class VolumeCommand extends Noun {

    @Command(name = "list", description = "List the volumes of a schema.")
    int list(@Mixin Common common, @Parameters(paramLabel = "CATALOG.SCHEMA") String schema) {
        SchemaName name = SchemaName.parse(schema);
        Route route = Route.catalog("volumes")
                .with("catalog_name", name.catalog().value())
                .with("schema_name", name.schema().value());
        return common.show(server -> Answer.many(
                server.getAll(route, "volumes"),
                "volumes",
                Column.text("name", "full_name"),
                Column.text("type", "volume_type"),
                Column.text("owner", "owner"),
                Column.text("location", "storage_location"),
                Column.text("comment", "comment")));
    }

    @Command(name = "get", description = "Show one volume.")
    int get(@Mixin Common common, @Parameters(paramLabel = "CATALOG.SCHEMA.VOLUME") String volume) {
        String name = TableName.parse(volume).toString();
        return common.show(server -> facts(server.get(Route.catalog("volumes", name))));
    }

    @Command(name = "create", description = "Make a volume; without a location its place is chosen by the catalog.")
    int create(
            @Mixin Common common,
            @Parameters(paramLabel = "CATALOG.SCHEMA.VOLUME") String volume,
            @Option(names = "--location", paramLabel = "URL", description = "Folder of an external volume.") @Nullable
                    String location,
            @Option(names = "--comment", paramLabel = "TEXT") @Nullable String comment) {
        TableName name = TableName.parse(volume);
        ObjectNode body = Json.object()
                .put("catalog_name", name.catalog().value())
                .put("schema_name", name.schema().schema().value())
                .put("name", name.table().value())
                .put("volume_type", location == null ? "MANAGED" : "EXTERNAL");
        if (location != null) body.put("storage_location", location);
        if (comment != null) body.put("comment", comment);
        return common.show(server -> facts(server.post(Route.catalog("volumes"), body)));
    }

    private static Answer facts(JsonNode volume) {
        return Answer.one(
                volume,
                Column.text("name", "full_name"),
                Column.text("type", "volume_type"),
                Column.text("id", "volume_id"),
                Column.text("owner", "owner"),
                Column.text("location", "storage_location"),
                Column.time("created", "created_at"),
                Column.text("comment", "comment"));
    }
}
