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
            name = "add",
            description = "Put a table into a share.",
            footer = "Example: sluice share add sales_eu sales.eu.orders")
    int add(
            @Mixin Common common,
            @Parameters(paramLabel = "SHARE") String share,
            @Parameters(paramLabel = "CATALOG.SCHEMA.TABLE") String table,
            @Option(
                            names = "--as",
                            paramLabel = "SCHEMA.TABLE",
                            description = "What recipients call it. Default: its own schema and name.")
                    @Nullable
                    String sharedAs) {
        ObjectNode object =
                Json.object().put("name", TableName.parse(table).toString()).put("data_object_type", "TABLE");
        if (sharedAs != null) object.put("shared_as", sharedAs);
        ObjectNode update = Json.object().put("action", "ADD");
        update.set("data_object", object);
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
        ObjectNode body = GrantCommand.changeOf(recipient, "add", List.of("SELECT"));
        return common.show(
                server -> Answer.many(server.patch(route, body), "privilege_assignments", GrantCommand.COLUMNS));
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

    static Route withContents(String share) {
        return Route.catalog("shares", share).with("include_shared_data", "true");
    }

    private static Answer contents(JsonNode share) {
        Answer facts = Answer.one(
                share,
                Column.text("name", "name"),
                Column.text("owner", "owner"),
                Column.time("created", "created_at"),
                Column.text("comment", "comment"));
        return facts.above(Answer.many(
                share,
                "objects",
                Column.text("table", "name"),
                Column.text("shared as", "shared_as"),
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
