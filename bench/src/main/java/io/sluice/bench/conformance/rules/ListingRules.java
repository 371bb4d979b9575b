package io.sluice.bench.conformance.rules;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.bench.conformance.check.Check;
import io.sluice.bench.conformance.check.Group;
import io.sluice.bench.conformance.check.NotApplicable;
import io.sluice.bench.conformance.check.Rules;
import io.sluice.bench.conformance.share.World;
import io.sluice.bench.conformance.wire.Answer;
import io.sluice.bench.conformance.wire.Call;
import io.sluice.bench.conformance.wire.Server;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Shares, schemas and tables. */
final class ListingRules {
    /** Paging one by one through more would take its time and show no more. */
    private static final int MOST_PAGES = 30;

    private ListingRules() {}

    static List<Check> list() {
        return Rules.of(Group.LISTING)
                .rule("Lists are JSON with items that have names", world -> {
                    Answer answer = world.server().get("/shares").send().isOk();
                    answer.must(answer.isJson(), "Content-Type application/json", answer.header("Content-Type"));
                    for (JsonNode share : answer.json().path("items"))
                        answer.must(share.path("name").isTextual(), "a name in each item", share);
                })
                .rule("Names have 1 to 255 characters, without space, slash and control characters", world -> {
                    Answer answer = world.server().get("/shares").send().isOk();
                    for (JsonNode share : answer.json().path("items"))
                        answer.must(isName(share.path("name").asText()), "a name of the protocol", share.path("name"));
                })
                .rule("One share is told wrapped in {\"share\":…} as it is in the list", world -> {
                    Answer answer = share(world, "").send().isOk();
                    JsonNode share = answer.json().path("share");
                    answer.must(
                            share.equals(world.shares().get(0)),
                            world.shares().get(0).toString(),
                            answer.text());
                })
                .rule(
                        "Names of shares are read without regard to case",
                        world -> world.server()
                                .get("/shares/" + Server.encoded(swappedCase(world.share())))
                                .send()
                                .isOk())
                .rule(
                        "maxResults=1 pages through all shares, each once",
                        world -> pagesTellAll(world.server().get("/shares"), "name"))
                .rule("maxResults=0 answers no items", world -> {
                    Answer answer = world.server()
                            .get("/shares")
                            .param("maxResults", 0)
                            .send()
                            .isOk();
                    answer.must(answer.json().path("items").isEmpty(), "no items", answer.text());
                })
                .rule(
                        "maxResults=500 is allowed",
                        world -> world.server()
                                .get("/shares")
                                .param("maxResults", 500)
                                .send()
                                .isOk())
                // The reference server refuses more than 500; others cap.
                .rule("maxResults=501 is refused with 400, or answered with at most 500 items", world -> {
                    Answer answer = world.server()
                            .get("/shares")
                            .param("maxResults", 501)
                            .send()
                            .is(200, 400);
                    if (answer.succeeded())
                        answer.must(answer.json().path("items").size() <= 500, "500 items or fewer", "more");
                })
                .rule(
                        "A negative maxResults is refused with 400",
                        world -> world.server()
                                .get("/shares")
                                .param("maxResults", -1)
                                .send()
                                .is(400))
                .rule(
                        "A maxResults that is no number is refused with 400",
                        world -> world.server()
                                .get("/shares")
                                .param("maxResults", "many")
                                .send()
                                .is(400))
                .rule(
                        "A page token that the server never gave is refused with 400",
                        world -> world.server()
                                .get("/shares")
                                .param("maxResults", 1)
                                .param("pageToken", "conformance-not-a-token")
                                .send()
                                .is(400))
                .rule("Each schema tells its name and its share", world -> {
                    Answer answer = share(world, "/schemas").send().isOk();
                    for (JsonNode schema : answer.json().path("items"))
                        answer.must(
                                schema.path("name").isTextual()
                                        && schema.path("share").asText().equalsIgnoreCase(world.share()),
                                "name and share " + world.share(),
                                schema);
                })
                .rule("Each table tells its name, its schema and its share", world -> {
                    Answer answer = tables(world, world.schema()).send().isOk();
                    for (JsonNode table : answer.json().path("items"))
                        answer.must(
                                table.path("name").isTextual()
                                        && table.path("schema").asText().equalsIgnoreCase(world.schema())
                                        && table.path("share").isTextual(),
                                "name, share, and schema " + world.schema(),
                                table);
                })
                .rule("all-tables tells the same tables as the schemas do", world -> {
                    Set<String> bySchema = new TreeSet<>();
                    for (String schema : names(share(world, "/schemas"), "name"))
                        for (String table : names(tables(world, schema), "name")) bySchema.add(schema + "." + table);
                    Answer all = share(world, "/all-tables").send().isOk();
                    Set<String> found = new TreeSet<>();
                    for (JsonNode table : allItems(share(world, "/all-tables")))
                        found.add(table.path("schema").asText() + "."
                                + table.path("name").asText());
                    all.must(found.equals(bySchema), bySchema.toString(), found);
                })
                .rule(
                        "maxResults=1 pages through all tables, each once",
                        world -> pagesTellAll(share(world, "/all-tables"), "name"))
                .rule("Names of schemas and tables are read without regard to case", world -> {
                    String path = world.any().name().share() + "/schemas/" + swappedCase(world.schema()) + "/tables/"
                            + swappedCase(world.any().name().table()) + "/version";
                    world.server().get("/shares/" + path).send().isOk();
                })
                // Servers differ: a schema without tables and no schema are the same to some.
                .rule("A schema that is not there is refused with 404, or has no tables", world -> {
                    Answer answer =
                            tables(world, "conformance-no-such-schema").send().is(404, 200);
                    if (answer.succeeded())
                        answer.must(answer.json().path("items").isEmpty(), "no tables", answer.text());
                })
                .rule("Ids, where they are told, are the same in every list", world -> {
                    Map<String, String> ids = ids(share(world, "/all-tables"));
                    Answer answer = tables(world, world.schema()).send().isOk();
                    for (JsonNode table : answer.json().path("items")) {
                        String known = ids.getOrDefault(table.path("name").asText(), "");
                        answer.must(known.equals(table.path("id").asText("")), "id " + known, table);
                    }
                })
                .rule("accessModes, where they are told, are url and dir", world -> {
                    Answer answer = share(world, "/all-tables").send().isOk();
                    for (JsonNode table : answer.json().path("items"))
                        for (JsonNode mode : table.path("accessModes"))
                            answer.must(Set.of("url", "dir").contains(mode.asText()), "url or dir", mode);
                })
                .list();
    }

    private static Call share(World world, String more) {
        return world.server().get("/shares/" + Server.encoded(world.any().name().share()) + more);
    }

    private static Call tables(World world, String schema) {
        return share(world, "/schemas/" + Server.encoded(schema) + "/tables");
    }

    private static boolean isName(String name) {
        return !name.isEmpty()
                && name.length() <= 255
                && name.chars().allMatch(letter -> letter > ' ' && letter != '/' && letter != 0x7f);
    }

    static String swappedCase(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        return upper.equals(name) ? name.toLowerCase(Locale.ROOT) : upper;
    }

    private static List<String> names(Call list, String field) throws IOException, InterruptedException {
        return allItems(list).stream().map(item -> item.path(field).asText()).toList();
    }

    private static List<JsonNode> allItems(Call list) throws IOException, InterruptedException {
        List<JsonNode> items = new ArrayList<>();
        Answer page = list.send().isOk();
        page.json().path("items").forEach(items::add);
        for (String token = next(page); !token.isEmpty(); token = next(page)) {
            page = list.param("pageToken", token).send().isOk();
            page.json().path("items").forEach(items::add);
        }
        return items;
    }

    private static String next(Answer page) {
        return page.json().path("nextPageToken").asText("");
    }

    private static Map<String, String> ids(Call list) throws IOException, InterruptedException {
        Map<String, String> ids = new TreeMap<>();
        for (JsonNode table : allItems(list))
            ids.put(table.path("name").asText(), table.path("id").asText(""));
        return ids;
    }

    private static void pagesTellAll(Call list, String field) throws IOException, InterruptedException {
        List<String> whole = names(list, field);
        if (whole.size() > MOST_PAGES) throw new NotApplicable("The list has more than " + MOST_PAGES + " items.");
        List<String> paged = new ArrayList<>();
        Answer page = list.param("maxResults", 1).send().isOk();
        for (int turned = 0; turned <= MOST_PAGES; turned++) {
            page.must(page.json().path("items").size() <= 1, "at most one item", page.text());
            page.json().path("items").forEach(item -> paged.add(item.path(field).asText()));
            if (next(page).isEmpty()) break;
            page = list.param("maxResults", 1)
                    .param("pageToken", next(page))
                    .send()
                    .isOk();
        }
        page.must(paged.equals(whole), whole.toString(), paged);
    }
}
