package io.sluice.bench.conformance.share;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.bench.conformance.share.SharedTable.TableName;
import io.sluice.bench.conformance.wire.Answer;
import io.sluice.bench.conformance.wire.Server;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Looks at what is shared before any check runs. Takes servers as they are: what is wrong is for the checks to say. */
public final class Discovery {
    /** Enough to find one table of each kind; a share may hold thousands. */
    private static final int MOST_TABLES = 100;

    private static final int MOST_PAGES = 200;

    private final Server server;
    private final List<World.PassedBy> passedBy = new ArrayList<>();

    public Discovery(Server server) {
        this.server = server;
    }

    /** @param only the share to look at; all of them if empty */
    public World look(Optional<String> only) throws IOException, InterruptedException {
        List<JsonNode> shares = items("/shares").stream().filter(named(only)).toList();
        if (shares.isEmpty())
            throw new IOException("The server lists no share"
                    + only.map(name -> " \"" + name + "\"").orElse("") + ".");
        List<SharedTable> tables = new ArrayList<>();
        for (JsonNode share : shares)
            for (JsonNode table : tables(share.path("name").asText()))
                if (tables.size() < MOST_TABLES) look(table).ifPresent(tables::add);
        return new World(server, shares, tables, passedBy);
    }

    private static Predicate<JsonNode> named(Optional<String> only) {
        return share ->
                only.isEmpty() || only.get().equalsIgnoreCase(share.path("name").asText());
    }

    private List<JsonNode> tables(String share) throws IOException, InterruptedException {
        String path = "/shares/" + Server.encoded(share);
        List<JsonNode> all = items(path + "/all-tables");
        if (!all.isEmpty()) return all;
        List<JsonNode> tables = new ArrayList<>();
        for (JsonNode schema : items(path + "/schemas"))
            tables.addAll(items(
                    path + "/schemas/" + Server.encoded(schema.path("name").asText()) + "/tables"));
        return tables;
    }

    /** All pages of a list; nothing where it cannot be had. */
    private List<JsonNode> items(String path) throws IOException, InterruptedException {
        List<JsonNode> items = new ArrayList<>();
        String token = "";
        for (int page = 0; page < MOST_PAGES; page++) {
            Answer answer =
                    (token.isEmpty() ? server.get(path) : server.get(path).param("pageToken", token)).send();
            if (answer.status() == 401)
                throw new IOException("The server does not know the profile's token: " + answer.text());
            if (!answer.succeeded()) return items;
            JsonNode json = answer.json();
            json.path("items").forEach(items::add);
            token = json.path("nextPageToken").asText("");
            if (token.isEmpty()) return items;
        }
        return items;
    }

    private Optional<SharedTable> look(JsonNode listed) throws IOException, InterruptedException {
        TableName name = new TableName(
                listed.path("share").asText(),
                listed.path("schema").asText(),
                listed.path("name").asText());
        SharedTable unseen = SharedTable.unseen(server, name, listed);
        try {
            return Optional.of(new TableLook(unseen).table());
        } catch (IOException | RuntimeException e) {
            passedBy.add(new World.PassedBy(unseen, String.valueOf(e.getMessage())));
            return Optional.empty();
        }
    }
}
