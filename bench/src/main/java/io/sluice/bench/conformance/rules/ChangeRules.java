package io.sluice.bench.conformance.rules;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.bench.conformance.check.Check;
import io.sluice.bench.conformance.check.Group;
import io.sluice.bench.conformance.check.NotApplicable;
import io.sluice.bench.conformance.check.Rules;
import io.sluice.bench.conformance.share.KnownTable;
import io.sluice.bench.conformance.share.SharedTable;
import io.sluice.bench.conformance.share.Trait;
import io.sluice.bench.conformance.share.World;
import io.sluice.bench.conformance.wire.Answer;
import io.sluice.bench.conformance.wire.Call;
import io.sluice.bench.conformance.wire.FileLine;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Rows that were changed between two versions. */
final class ChangeRules {
    /** What a URL carries without being encoded, as the Spark client sends it. */
    private static final String URL_SAFE = "[A-Za-z0-9._~-]+";

    private ChangeRules() {}

    static List<Check> list() {
        return Rules.of(Group.CHANGES)
                .rule("changes answers protocol, metaData, and actions with version and timestamp", world -> {
                    Answer answer = whole(world);
                    answer.lines().head();
                    for (FileLine file : answer.lines().files()) {
                        boolean isKind = Set.of("add", "remove", "cdf").contains(file.kind());
                        answer.must(isKind, "add, remove or cdf", file.kind());
                        boolean isDated =
                                file.version().isPresent() && file.timestamp().isPresent();
                        answer.must(isDated, "version and timestamp of each action", file.kind());
                    }
                })
                .rule(
                        "changes is sent as application/x-ndjson; charset=utf-8",
                        world -> whole(world).isNdjson())
                .rule("The header Delta-Table-Version tells the start of the range", world -> {
                    Answer answer = whole(world);
                    long first = fed(world).firstVersion();
                    answer.must(answer.version() == first, "version " + first, answer.version());
                })
                .rule("metaData says that the table keeps a change data feed", world -> {
                    Answer answer = whole(world);
                    JsonNode configuration = answer.lines().schemaOwner().path("configuration");
                    String told = configuration
                            .path("enableChangeDataFeed")
                            .asText(configuration
                                    .path("delta.enableChangeDataFeed")
                                    .asText());
                    answer.must(told.equals("true"), "enableChangeDataFeed=true", configuration);
                })
                .rule("Both ends of the range belong to it", world -> {
                    SharedTable table = fed(world);
                    for (long version : History.of(table).commits().keySet()) {
                        Answer answer = table.changes(version, version).send().isOk();
                        answer.must(!answer.lines().files().isEmpty(), "actions of version " + version, "none");
                        for (FileLine file : answer.lines().files())
                            answer.must(file.version().orElse(-1) == version, "version " + version, file.version());
                    }
                })
                .rule("Two ranges that follow each other tell what the whole range tells", world -> {
                    SharedTable table = fed(world);
                    if (table.firstVersion() == table.version()) throw new NotApplicable("The table has one version.");
                    long middle = (table.firstVersion() + table.version()) / 2;
                    Map<String, Integer> both = new TreeMap<>();
                    for (Call part : List.of(
                            table.changes(table.firstVersion(), middle), table.changes(middle + 1, table.version())))
                        part.send()
                                .isOk()
                                .lines()
                                .fileIds()
                                .forEach((id, count) -> both.merge(id, count, Integer::sum));
                    Answer answer = whole(world);
                    answer.must(
                            answer.lines().fileIds().equals(both),
                            both.toString(),
                            answer.lines().fileIds());
                })
                .rule("Without an end the range goes to the newest version", world -> {
                    Answer open = fed(world)
                            .changes()
                            .param("startingVersion", fed(world).firstVersion())
                            .send()
                            .isOk();
                    Map<String, Integer> wanted = whole(world).lines().fileIds();
                    open.must(
                            open.lines().fileIds().equals(wanted),
                            wanted.toString(),
                            open.lines().fileIds());
                })
                .rule("startingTimestamp equal to a commit's begins with that commit", world -> {
                    SharedTable table = fed(world);
                    for (Map.Entry<Long, Instant> commit : History.of(table).distinctCommits()) {
                        Answer answer = table.changes()
                                .param("startingTimestamp", commit.getValue())
                                .send()
                                .isOk();
                        answer.must(
                                answer.version() == commit.getKey(), "version " + commit.getKey(), answer.version());
                    }
                })
                .rule("endingTimestamp equal to a commit's ends with that commit", world -> {
                    SharedTable table = fed(world);
                    for (Map.Entry<Long, Instant> commit : History.of(table).distinctCommits()) {
                        Answer answer = table.changes()
                                .param("startingVersion", table.firstVersion())
                                .param("endingTimestamp", commit.getValue())
                                .send()
                                .isOk();
                        long last = answer.lines().files().stream()
                                .mapToLong(file -> file.version().orElse(-1))
                                .max()
                                .orElse(-1);
                        answer.must(last == commit.getKey(), "version " + commit.getKey() + " as the last", last);
                    }
                })
                .rule("The feed tells inserts by added files, updates and deletes by files of changes", world -> {
                    Answer answer =
                            world.known(KnownTable.CHANGES).changes(1, 4).send().isOk();
                    Map<String, Integer> kinds = new TreeMap<>();
                    for (FileLine file : answer.lines().files())
                        kinds.merge(file.version().orElse(-1) + " " + file.kind(), 1, Integer::sum);
                    Map<String, Integer> written = Map.of("1 add", 1, "2 add", 1, "3 cdf", 1, "4 cdf", 1);
                    answer.must(kinds.equals(written), new TreeMap<>(written).toString(), kinds);
                })
                .rule("Files of the feed can be fetched", world -> {
                    for (FileLine file : whole(world).lines().files())
                        if (!file.kind().equals("remove")) Parquet.requireMagic(file);
                })
                .rule("Pages of one action each tell every action once", world -> {
                    Pages pages = pages(world);
                    Map<String, Integer> wanted = whole(world).lines().fileIds();
                    pages.first().must(pages.fileIds().equals(wanted), wanted.toString(), pages.fileIds());
                })
                // The Spark client puts it into the URL as it is.
                .rule("Page tokens of changes need no encoding in a URL", world -> {
                    for (Answer page : pages(world).answers())
                        if (page.lines().token(Pages.NEXT).isPresent()) {
                            String token = page.lines().token(Pages.NEXT).get();
                            page.must(token.matches(URL_SAFE), URL_SAFE, token.replaceAll(URL_SAFE, "…"));
                        }
                })
                .rule("All pages of changes have the same first two lines and the same version", world -> {
                    Pages pages = pages(world);
                    for (Answer page : pages.answers()) {
                        page.must(
                                page.lines().head().equals(pages.first().lines().head()),
                                "the first page's lines",
                                "others");
                        page.must(
                                page.version() == pages.first().version(), "the first page's version", page.version());
                    }
                })
                // As the Python client writes it.
                .rule(
                        "includeHistoricalMetadata=True is read without regard to case",
                        world -> fed(world)
                                .changes(fed(world).firstVersion(), fed(world).version())
                                .param("includeHistoricalMetadata", "True")
                                .send()
                                .isOk()
                                .lines()
                                .head())
                .rule("In delta format the feed tells the same files", world -> {
                    SharedTable table = fed(world);
                    FormatRules.requireDelta(table);
                    Answer parquet = whole(world);
                    Answer answer = table.changes(table.firstVersion(), table.version())
                            .capabilities(SharedTable.READS_DELTA)
                            .send()
                            .isOk();
                    answer.must(
                            kinds(answer).equals(kinds(parquet)), kinds(parquet).toString(), kinds(answer));
                })
                .rule(
                        "Without a start changes is refused with 400",
                        world -> fed(world).changes().send().is(400))
                .rule(
                        "Both kinds of start are refused with 400",
                        world -> fed(world)
                                .changes()
                                .param("startingVersion", 0)
                                .param("startingTimestamp", "2026-01-01T00:00:00Z")
                                .send()
                                .is(400))
                .rule("An end before the start is refused with 400", world -> {
                    SharedTable table = world.table(Trait.PLAIN, Trait.CHANGES, Trait.SEVERAL_VERSIONS);
                    table.changes(table.version(), table.firstVersion()).send().is(400);
                })
                .rule(
                        "A start behind the newest version is refused with 400 or 404",
                        world -> fed(world)
                                .changes()
                                .param("startingVersion", fed(world).version() + 1_000)
                                .send()
                                .is(400, 404))
                .rule("A start that is negative or no number is refused with 400", world -> {
                    fed(world).changes().param("startingVersion", -1).send().is(400);
                    fed(world)
                            .changes()
                            .param("startingVersion", "first")
                            .send()
                            .is(400);
                })
                .rule("A page token that was changed is refused with 400", world -> {
                    String token = pages(world)
                            .first()
                            .lines()
                            .token(Pages.NEXT)
                            .orElseThrow(() -> new NotApplicable("The feed has one action."));
                    paged(fed(world))
                            .param("pageToken", Tokens.tampered(token))
                            .send()
                            .is(400);
                })
                .rule(
                        "changes of a table without a shared feed is refused with 400 or 403",
                        world -> world.without(Trait.CHANGES)
                                .changes()
                                .param("startingVersion", 0)
                                .send()
                                .is(400, 403))
                .rule(
                        "changes of a table that is not there is refused with 404",
                        world -> world.missing()
                                .changes()
                                .param("startingVersion", 0)
                                .send()
                                .is(404))
                .list();
    }

    private static SharedTable fed(World world) {
        return world.table(Trait.PLAIN, Trait.CHANGES);
    }

    private static Answer whole(World world) throws IOException, InterruptedException {
        SharedTable table = fed(world);
        return table.changes(table.firstVersion(), table.version()).send().isOk();
    }

    private static Call paged(SharedTable table) {
        return table.changes(table.firstVersion(), table.version()).param("maxFiles", 1);
    }

    private static Pages pages(World world) throws IOException, InterruptedException {
        SharedTable table = fed(world);
        if (paged(table).send().isOk().lines().end().isEmpty())
            throw new NotApplicable("The server does not page changes.");
        return Pages.follow(paged(table), token -> paged(table).param("pageToken", token));
    }

    private static List<String> kinds(Answer answer) {
        return answer.lines().files().stream()
                .map(file -> file.kind() + " at " + file.version().orElse(-1))
                .toList();
    }
}
