package io.sluice.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.cli.http.Json;
import io.sluice.cli.http.Route;
import io.sluice.cli.http.SluiceServer;
import io.sluice.cli.show.Answer;
import io.sluice.cli.show.Column;
import io.sluice.model.name.EntityName;
import io.sluice.model.name.SchemaName;
import io.sluice.model.name.TableName;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The kinds of things that the catalog keeps: where each stands on the wire, how many parts its name has, what of it is
 * worth reading. All of them are listed, shown, changed and deleted in the same way, which stands here once.
 */
enum Kind {
    CATALOG("catalogs", "catalogs", 1, List.of(), List.of(Column.text("storage root", "storage_root"))),
    SCHEMA("schemas", "schemas", 2, List.of(), List.of(Column.text("storage root", "storage_root"))),
    TABLE(
            "tables",
            "tables",
            3,
            List.of(Column.text("type", "table_type"), Column.text("format", "data_source_format")),
            List.of(Column.text("location", "storage_location"))),
    VOLUME(
            "volumes",
            "volumes",
            3,
            List.of(Column.text("type", "volume_type")),
            List.of(Column.text("location", "storage_location"))),
    FUNCTION(
            "functions",
            "functions",
            3,
            List.of(Column.text("returns", "full_data_type"), Column.text("language", "routine_body")),
            List.of(Column.text("definition", "routine_definition"))),
    MODEL("models", "registered_models", 3, List.of(), List.of(Column.text("location", "storage_location")));

    private final String collection;
    private final String list;
    private final int parts;
    private final List<Column> marks;
    private final List<Column> details;

    /**
     * @param collection in the path
     * @param list the array in the answer to a list
     * @param parts how many parts a name has
     * @param marks what tells things of this kind apart
     * @param details what is shown of one thing beside its marks
     */
    Kind(String collection, String list, int parts, List<Column> marks, List<Column> details) {
        this.collection = collection;
        this.list = list;
        this.parts = parts;
        this.marks = marks;
        this.details = details;
    }

    /** @param within the catalog or schema to look into; nothing for catalogs */
    int list(Common common, Paging paging, String... within) {
        Route route = within.length == 0 ? Route.catalog(collection) : inside(within[0]);
        return common.show(server -> listed(paging.read(common, server, route, list)));
    }

    int get(Common common, String name) {
        Route route = route(name);
        return common.show(server -> facts(server.get(route)));
    }

    int create(Common common, ObjectNode body) {
        return common.show(server -> facts(server.post(Route.catalog(collection), body)));
    }

    int update(Common common, String name, Describing wish) {
        Route route = route(name);
        ObjectNode body = wish.changes();
        return common.show(server -> facts(server.patch(route, body)));
    }

    int delete(Common common, String name, Destroying destroying) {
        return delete(common, name, destroying, false);
    }

    /** @param force with all that is inside */
    int delete(Common common, String name, Destroying destroying, boolean force) {
        Route plain = route(name);
        Route route = force ? plain.with("force", "true") : plain;
        return common.show(server -> destroying.run(common, () -> whatGoes(server, name, force), () -> {
            server.delete(route);
            return Destroying.deleted(canonical(name));
        }));
    }

    /** What a new thing is called, in the fields that the server wants it in. */
    ObjectNode named(String name) {
        String[] path = canonical(name).split("\\.", -1);
        ObjectNode body = Json.object();
        if (parts > 1) body.put("catalog_name", path[0]);
        if (parts > 2) body.put("schema_name", path[1]);
        return body.put("name", path[parts - 1]);
    }

    Route route(String name) {
        return Route.catalog(collection, canonical(name));
    }

    Answer facts(JsonNode thing) {
        Stream<Column> all = Stream.of(
                        List.of(
                                Column.text("catalog", "catalog_name"),
                                Column.text("schema", "schema_name"),
                                Column.text("name", "name")),
                        marks,
                        List.of(Column.text("owner", "owner")),
                        details,
                        List.of(
                                Column.time("created", "created_at"),
                                Column.time("updated", "updated_at"),
                                Column.text("id", idField()),
                                Column.text("comment", "comment")))
                .flatMap(List::stream);
        return Answer.one(thing, all.toArray(Column[]::new));
    }

    private Answer listed(JsonNode things) {
        Stream<Column> all = Stream.of(
                        List.of(Column.text("name", "name")),
                        marks,
                        List.of(
                                Column.text("owner", "owner"),
                                Column.time("created", "created_at"),
                                Column.text("comment", "comment")))
                .flatMap(List::stream);
        return Answer.many(things, list, all.toArray(Column[]::new));
    }

    private Answer whatGoes(SluiceServer server, String name, boolean force) {
        server.get(route(name));
        ArrayNode found = Json.array();
        note(server, canonical(name), force, found);
        return Answer.many(
                Json.object().set("would_delete", found),
                "would_delete",
                Column.text("type", "type"),
                Column.text("name", "name"));
    }

    private void note(SluiceServer server, String name, boolean deep, ArrayNode found) {
        found.add(Json.object().put("type", noun()).put("name", name));
        if (!deep) return;
        for (Kind child : children())
            for (JsonNode one : server.getAll(child.inside(name), child.list).path(child.list))
                child.note(server, name + "." + one.path("name").asText(), true, found);
    }

    private List<Kind> children() {
        return switch (this) {
            case CATALOG -> List.of(SCHEMA);
            case SCHEMA -> List.of(TABLE, VOLUME, FUNCTION, MODEL);
            default -> List.of();
        };
    }

    private Route inside(String parent) {
        if (parts == 2)
            return Route.catalog(collection)
                    .with("catalog_name", EntityName.of(parent).value());
        SchemaName schema = SchemaName.parse(parent);
        return Route.catalog(collection)
                .with("catalog_name", schema.catalog().value())
                .with("schema_name", schema.schema().value());
    }

    /** Checks the name before anything is sent. */
    private String canonical(String name) {
        return switch (parts) {
            case 1 -> EntityName.of(name).toString();
            case 2 -> SchemaName.parse(name).toString();
            default -> TableName.parse(name).toString();
        };
    }

    private String noun() {
        return name().toLowerCase(Locale.ROOT);
    }

    private String idField() {
        return switch (this) {
            case CATALOG, MODEL -> "id";
            default -> noun() + "_id";
        };
    }
}
