package io.sluice.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.cli.exit.CommandFailure;
import io.sluice.cli.exit.Exit;
import io.sluice.cli.http.Json;
import io.sluice.cli.http.Route;
import io.sluice.cli.http.ShareReader;
import io.sluice.cli.show.Answer;
import io.sluice.cli.show.Column;
import io.sluice.client.ChangeRange;
import io.sluice.client.Query;
import io.sluice.client.TableRef;
import io.sluice.model.grant.SecurableType;
import io.sluice.model.name.SchemaName;
import io.sluice.model.name.TableName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "share",
        description = "Shares: tables published to other organisations.",
        footer = "Example: sluice share list")
public final class ShareCommand extends Noun {
    private static final int DEFAULT_ROWS = 10;
    private static final String TYPE = "${COMPLETION-CANDIDATES}. Default: SCHEMA for two names, TABLE for three.";

    @Command(name = "list", description = "List the shares.", footer = "Example: sluice share list")
    int list(@Mixin Common common) {
        return common.show(server -> Answer.many(
                server.getAll(Route.catalog("shares"), "shares"),
                "shares",
                Column.text("name", "name"),
                Column.text("owner", "owner"),
                Column.time("created", "created_at"),
                Column.text("comment", "comment")));
    }

    @Command(
            name = "get",
            description = "Show one share and what is in it.",
            footer = "Example: sluice share get sales_eu")
    int get(@Mixin Common common, @Parameters(paramLabel = "SHARE") String share) {
        return common.show(server -> contents(server.get(withContents(share))));
    }

    @Command(name = "create", description = "Make an empty share.", footer = "Example: sluice share create sales_eu")
    int create(
            @Mixin Common common,
            @Parameters(paramLabel = "SHARE") String share,
            @Option(names = "--comment", paramLabel = "TEXT") @Nullable String comment) {
        ObjectNode body = Json.object().put("name", share);
        if (comment != null) body.put("comment", comment);
        return common.show(server -> contents(server.post(Route.catalog("shares"), body)));
    }

    @Command(
            name = "update",
            description = "Change a share's name, owner, comment, or how long its file URLs live.",
            footer = "Example: sluice share update sales_eu --url-seconds 300")
    int update(
            @Mixin Common common,
            @Parameters(paramLabel = "SHARE") String share,
            @Mixin Describing.OrRenaming wish,
            @Option(
                            names = "--url-seconds",
                            paramLabel = "SECONDS",
                            description = "No URL of a file is good for longer; from 60 to 900.")
                    @Nullable
                    Long urlSeconds) {
        ObjectNode changes = wish.write(Json.object());
        if (urlSeconds != null) changes.put("url_lifetime_seconds", urlSeconds);
        if (changes.isEmpty()) throw Describing.nothing();
        return common.show(server -> contents(server.patch(Route.catalog("shares", share), changes)));
    }

    @Command(
            name = "delete",
            description = "End all access by a share. The tables stay.",
            footer = "Example: sluice share delete sales_eu --yes")
    int delete(@Mixin Common common, @Parameters(paramLabel = "SHARE") String share, @Mixin Destroying destroying) {
        return common.show(server -> destroying.run(common, () -> contents(server.get(withContents(share))), () -> {
            server.delete(Route.catalog("shares", share));
            return Destroying.deleted(share);
        }));
    }

    @Command(
            name = "add",
            description = "Put a table into a share; or a whole schema, a volume, a model.",
            footer = "Example: sluice share add sales_eu sales.eu.orders --history --partition region=@region%n"
                    + "         sluice share add sales_eu sales.eu%n"
                    + "         sluice share add sales_eu sales.raw.scans --type VOLUME")
    int add(
            @Mixin Common common,
            @Parameters(paramLabel = "SHARE") String share,
            @Parameters(paramLabel = "CATALOG.SCHEMA[.NAME]") String name,
            @Option(names = "--type", paramLabel = "TYPE", description = TYPE) @Nullable Shared type,
            @Mixin SharingWish wish) {
        return change(common, share, "ADD", name, type, wish);
    }

    @Command(
            name = "set",
            description = "Change how much recipients get of what is in a share already.",
            footer = "Example: sluice share set sales_eu sales.eu.orders --no-history")
    int set(
            @Mixin Common common,
            @Parameters(paramLabel = "SHARE") String share,
            @Parameters(paramLabel = "CATALOG.SCHEMA[.NAME]") String name,
            @Option(names = "--type", paramLabel = "TYPE", description = TYPE) @Nullable Shared type,
            @Mixin SharingWish wish) {
        return change(common, share, "UPDATE", name, type, wish);
    }

    @Command(
            name = "remove",
            description = "Take something out of a share.",
            footer = "Example: sluice share remove sales_eu sales.eu.orders")
    int remove(
            @Mixin Common common,
            @Parameters(paramLabel = "SHARE") String share,
            @Parameters(paramLabel = "CATALOG.SCHEMA[.NAME]") String name,
            @Option(names = "--type", paramLabel = "TYPE", description = TYPE) @Nullable Shared type) {
        return change(common, share, "REMOVE", name, type, new SharingWish());
    }

    private static int change(
            Common common, String share, String action, String name, @Nullable Shared type, SharingWish wish) {
        Shared kind = type != null ? type : Shared.of(name);
        ObjectNode object = Json.object().put("name", kind.checked(name)).put("data_object_type", kind.name());
        ObjectNode update = Json.object().put("action", action);
        update.set("data_object", wish.addTo(object, kind == Shared.TABLE));
        JsonNode body = Json.object().set("updates", Json.array().add(update));
        return common.show(server -> {
            server.patch(Route.catalog("shares", share), body);
            return contents(server.get(withContents(share)));
        });
    }

    @Command(
            name = "grant",
            description = "Let a recipient read a share.",
            footer = "Example: sluice share grant sales_eu acme")
    int grant(
            @Mixin Common common,
            @Parameters(paramLabel = "SHARE") String share,
            @Parameters(paramLabel = "RECIPIENT") String recipient) {
        Route route = GrantCommand.permissions(SecurableType.SHARE, share);
        return common.show(
                server -> readers(server.patch(route, GrantCommand.changeOf(recipient, "add", List.of("SELECT")))));
    }

    @Command(
            name = "revoke",
            description = "Let a recipient read a share no longer.",
            footer = "Example: sluice share revoke sales_eu acme --yes")
    int revoke(
            @Mixin Common common,
            @Parameters(paramLabel = "SHARE") String share,
            @Parameters(paramLabel = "RECIPIENT") String recipient,
            @Mixin Destroying destroying) {
        Route route = GrantCommand.permissions(SecurableType.SHARE, share);
        ObjectNode change = GrantCommand.changeOf(recipient, "remove", List.of("SELECT"));
        return common.show(server ->
                destroying.run(common, () -> readers(server.get(route)), () -> readers(server.patch(route, change))));
    }

    private static Answer readers(JsonNode permissions) {
        return Answer.many(permissions, "privilege_assignments", GrantCommand.COLUMNS);
    }

    @Command(
            name = "preview",
            description = "Show the first rows of a shared table, as its recipients get them.",
            footer = "Example: sluice share preview sales_eu eu.orders")
    int preview(
            @Mixin Common common,
            @Parameters(paramLabel = "SHARE") String share,
            @Parameters(paramLabel = "SCHEMA.TABLE") String table,
            @Option(
                            names = "--recipient",
                            paramLabel = "NAME",
                            description = "As whom. Matters where only some partitions are shared.")
                    @Nullable
                    String recipient,
            @Option(names = "--limit", paramLabel = "ROWS", defaultValue = "" + DEFAULT_ROWS) int limit) {
        Route all =
                Route.sluice("shares", share, "preview").with("table", table).with("limit", limit);
        Route route = recipient == null ? all : all.with("recipient", recipient);
        return common.show(server -> rows(server.get(route)));
    }

    @Command(
            name = "read",
            description = "Read a shared table as its recipient: with a profile, from any Delta Sharing server.",
            footer = "Example: sluice share read --profile-file config.share sales_eu.eu.orders --limit 5")
    int read(
            @Mixin Common common,
            @Option(names = "--profile-file", paramLabel = "FILE", required = true) Path profile,
            @Parameters(paramLabel = "SHARE.SCHEMA.TABLE") String name,
            @Option(names = "--limit", paramLabel = "ROWS", defaultValue = "" + DEFAULT_ROWS) long limit,
            @Option(
                            names = "--changes",
                            paramLabel = "VERSION",
                            description = "What changed since this version, rather than the rows as they are.")
                    @Nullable
                    Long since) {
        TableRef table = tableRef(name);
        ShareReader reader = ShareReader.with(profile);
        return common.print(rows(
                since == null
                        ? reader.rows(table, Query.all().withLimit(limit), found -> RowJson.of(found, limit))
                        : reader.changes(table, ChangeRange.since(since), found -> RowJson.of(found, limit))));
    }

    private static TableRef tableRef(String name) {
        try {
            return TableRef.parse(name);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(Exit.USAGE, String.valueOf(e.getMessage()), e);
        }
    }

    enum Shared {
        TABLE,
        SCHEMA,
        VOLUME,
        MODEL;

        static Shared of(String name) {
            return name.chars().filter(letter -> letter == '.').count() == 1 ? SCHEMA : TABLE;
        }

        String checked(String name) {
            return this == SCHEMA
                    ? SchemaName.parse(name).toString()
                    : TableName.parse(name).toString();
        }
    }

    static Route withContents(String share) {
        return Route.catalog("shares", share).with("include_shared_data", "true");
    }

    private static Answer contents(JsonNode share) {
        Answer facts = Answer.one(
                share,
                Column.text("name", "name"),
                Column.text("owner", "owner"),
                Column.text("seconds of a URL", "url_lifetime_seconds"),
                Column.time("created", "created_at"),
                Column.text("comment", "comment"));
        return facts.above(Answer.many(
                share,
                "objects",
                Column.text("name", "name"),
                Column.text("type", "data_object_type"),
                Column.text("shared as", "shared_as").or("string_shared_as"),
                Column.text("status", "status"),
                Column.time("added", "added_at")));
    }

    /** The server sends rows as arrays, so that a column's name is sent once. */
    private static Answer rows(JsonNode preview) {
        List<Column> columns = new ArrayList<>();
        for (JsonNode column : preview.path("columns"))
            columns.add(Column.cell(
                    column.path("name").asText(), column.path("type").asText(), columns.size()));
        return Answer.rows(preview, Json.elements(preview.path("rows")), columns);
    }
}
