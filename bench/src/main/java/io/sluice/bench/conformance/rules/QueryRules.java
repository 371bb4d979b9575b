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
import io.sluice.bench.conformance.wire.Lines;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The files of a table. */
final class QueryRules {
    private static final int FETCHED = 3;

    private QueryRules() {}

    static List<Check> list() {
        return Rules.of(Group.QUERY)
                .rule("A query answers protocol, metaData, and a line for each file", world -> {
                    Lines lines = world.plain().query("{}").send().isOk().lines();
                    lines.head();
                    lines.answer()
                            .must(
                                    lines.files().size() == lines.texts().size() - 2,
                                    "file lines from line 3 on",
                                    lines.texts().size() + " lines, "
                                            + lines.files().size() + " of files");
                })
                .rule(
                        "A query is sent as application/x-ndjson; charset=utf-8, with Delta-Table-Version",
                        world -> world.plain()
                                .query("{}")
                                .send()
                                .isOk()
                                .isNdjson()
                                .version())
                .rule("Each file has a URL, an id, a size, and a value for each partition column", world -> {
                    Lines lines = world.plain().query("{}").send().isOk().lines();
                    for (FileLine file : lines.files()) {
                        lines.answer()
                                .must(
                                        file.url().startsWith("http"),
                                        "a URL",
                                        file.url().replaceAll("[?].*", ""));
                        lines.answer().must(!file.id().isEmpty() && file.size() > 0, "an id and a size", file.size());
                        for (JsonNode column : lines.metadata().path("partitionColumns"))
                            lines.answer()
                                    .must(
                                            file.partitionValues().has(column.asText()),
                                            "a value of " + column,
                                            file.partitionValues());
                    }
                })
                .rule("Statistics, where they are told, are a text of JSON that counts rows", world -> {
                    Lines lines = world.plain().query("{}").send().isOk().lines();
                    for (FileLine file : lines.files())
                        if (file.action().has("stats"))
                            lines.answer()
                                    .must(
                                            file.rows().isPresent(),
                                            "numRecords in stats",
                                            file.action().path("stats"));
                })
                .rule("URLs work without the token, answer ranges, and begin and end as Parquet does", world -> {
                    List<FileLine> files =
                            world.plain().query("{}").send().isOk().lines().files();
                    for (FileLine file : files.subList(0, Math.min(FETCHED, files.size()))) Parquet.requireMagic(file);
                })
                .rule("A URL that was changed at its end opens nothing", world -> {
                    FileLine file = world.plain()
                            .query("{}")
                            .send()
                            .isOk()
                            .lines()
                            .files()
                            .get(0);
                    Answer answer = file.answer()
                            .call()
                            .server()
                            .file(Tokens.tampered(file.url()))
                            .send();
                    answer.must(
                            answer.status() >= 400 && answer.status() < 500,
                            "a status from 400 to 499",
                            answer.status());
                })
                .rule("URLs, where they tell when they expire, are good for a while", world -> {
                    Lines lines = world.plain().query("{}").send().isOk().lines();
                    for (FileLine file : lines.files())
                        lines.answer()
                                .must(
                                        file.expiry().orElse(Long.MAX_VALUE) > System.currentTimeMillis(),
                                        "a moment to come, in milliseconds",
                                        file.expiry());
                })
                // The protocol writes null as an empty text as well.
                .rule("The partition NULL is told as null or as an empty text", world -> {
                    Lines lines = world.table(Trait.PLAIN, Trait.NULL_PARTITION)
                            .query("{}")
                            .send()
                            .isOk()
                            .lines();
                    for (FileLine file : lines.files())
                        for (JsonNode value : file.partitionValues())
                            lines.answer()
                                    .must(
                                            value.isNull()
                                                    || value.isTextual()
                                                            && !value.asText().startsWith("__HIVE"),
                                            "null, or a text that is no mark of a file system",
                                            value);
                })
                .rule("The newest version by number has the same files as the newest", world -> {
                    SharedTable table = world.table(Trait.PLAIN, Trait.HISTORY);
                    Map<String, Integer> newest =
                            table.query("{}").send().isOk().lines().fileIds();
                    Answer answer = table.query("{\"version\":" + table.version() + "}")
                            .send()
                            .isOk();
                    answer.must(
                            answer.lines().fileIds().equals(newest),
                            newest.size() + " same files",
                            answer.lines().fileIds());
                })
                .rule("An old version tells its number in the header", world -> {
                    SharedTable table = world.table(Trait.PLAIN, Trait.SEVERAL_VERSIONS);
                    Answer answer = table.query("{\"version\":" + table.firstVersion() + "}")
                            .send()
                            .isOk();
                    answer.must(
                            answer.version() == table.firstVersion(),
                            "version " + table.firstVersion(),
                            answer.version());
                })
                .rule("The moment of a commit brings the version of that commit", world -> {
                    SharedTable table = world.table(Trait.PLAIN, Trait.HISTORY, Trait.SEVERAL_VERSIONS);
                    for (Map.Entry<Long, Instant> commit : History.of(table).distinctCommits()) {
                        Answer answer = table.query("{\"timestamp\":\"" + commit.getValue() + "\"}")
                                .send()
                                .isOk();
                        answer.must(
                                answer.version() == commit.getKey(), "version " + commit.getKey(), answer.version());
                    }
                })
                .rule("A version that is not there yet is refused with 400 or 404", world -> {
                    SharedTable table = world.table(Trait.PLAIN, Trait.HISTORY);
                    table.query("{\"version\":" + (table.version() + 1_000) + "}")
                            .send()
                            .is(400, 404);
                })
                .rule(
                        "An old version is refused with 400 or 403 where history is not shared",
                        world -> world.without(Trait.HISTORY)
                                .query("{\"version\":0}")
                                .send()
                                .is(400, 403))
                .rule("A negative version is refused with 400", world -> refused(world, "{\"version\":-1}"))
                .rule(
                        "version and timestamp together are refused with 400",
                        world -> refused(world, "{\"version\":0,\"timestamp\":\"2026-01-01T00:00:00Z\"}"))
                .rule(
                        "version and startingVersion together are refused with 400",
                        world -> refused(world, "{\"version\":0,\"startingVersion\":0}"))
                .rule(
                        "timestamp and startingVersion together are refused with 400",
                        world -> refused(world, "{\"timestamp\":\"2026-01-01T00:00:00Z\",\"startingVersion\":0}"))
                .rule(
                        "A timestamp that is no moment is refused with 400",
                        world -> world.table(Trait.PLAIN, Trait.HISTORY)
                                .query("{\"timestamp\":\"yesterday\"}")
                                .send()
                                .is(400))
                .rule("A body that is not JSON is refused with 400", world -> refused(world, "{\"limitHint\":"))
                .rule("A body that is not an object is refused with 400", world -> refused(world, "[1]"))
                .rule(
                        "A field of the wrong type is refused with 400",
                        world -> refused(world, "{\"limitHint\":\"many\"}"))
                .rule(
                        "Fields that the server does not know are passed over",
                        world -> world.plain()
                                .query("{\"conformance\":{\"deep\":[1,2]}}")
                                .send()
                                .isOk())
                .rule(
                        "A table that is not there is refused with 404",
                        world -> world.missing().query("{}").send().is(404))
                // A table may need what this suite does not know of. Broken-off answers and failures are no refusals.
                .rule("Every table that is listed is answered as a whole, or refused with 400 or 403", world -> {
                    for (World.PassedBy skipped : world.passedBy()) {
                        Call query = skipped.table().query("{}").capabilities(SharedTable.READS_ALL);
                        Answer answer = query.send().is(200, 400, 403);
                        if (answer.succeeded()) answer.lines().head();
                    }
                })
                .rule("The tables of --write-tables hold the rows that were written", world -> {
                    for (SharedTable table : world.allKnown()) {
                        Answer answer = table.readableQuery("{}").send().isOk();
                        KnownTable written = table.known().orElseThrow();
                        requireRows(answer, written.tableName(), written.rows());
                        answer.must(
                                answer.lines().files().size() == written.files(), written.files() + " files", "others");
                    }
                })
                .rule("The old versions of --write-tables hold the rows of their time", world -> {
                    for (SharedTable table : world.allKnown(Trait.HISTORY, Trait.SEVERAL_VERSIONS))
                        for (int version = (int) table.firstVersion(); version <= table.version(); version++)
                            requireRows(
                                    table.readableQuery("{\"version\":" + version + "}")
                                            .send()
                                            .isOk(),
                                    table.name().table() + " at version " + version,
                                    table.known().orElseThrow().rowsAt(version));
                })
                .rule("Paths with letters beyond ASCII, spaces and percent signs lead to their files", world -> {
                    for (FileLine file : world.known(KnownTable.UNICODE)
                            .query("{}")
                            .send()
                            .isOk()
                            .lines()
                            .files()) Parquet.requireMagic(file);
                })
                .rule("Partition values with letters beyond ASCII arrive as they are", world -> {
                    Lines lines = world.known(KnownTable.UNICODE)
                            .query("{}")
                            .send()
                            .isOk()
                            .lines();
                    Set<String> found = new TreeSet<>();
                    for (FileLine file : lines.files())
                        found.add(file.partition(KnownTable.CITY).orElse(""));
                    lines.answer()
                            .must(found.equals(new TreeSet<>(KnownTable.CITIES)), KnownTable.CITIES.toString(), found);
                })
                .rule("A file outside of the table's folder is served as the others are", world -> {
                    for (FileLine file : world.known(KnownTable.OUTSIDE_ROOT)
                            .query("{}")
                            .send()
                            .isOk()
                            .lines()
                            .files()) Parquet.requireMagic(file);
                })
                .list();
    }

    private static void refused(World world, String body) throws IOException, InterruptedException {
        world.plain().query(body).send().is(400);
    }

    /** Statistics are optional, and without them nothing can be counted here. */
    static void requireRows(Answer answer, String table, long wanted) {
        long rows = 0;
        for (FileLine file : answer.lines().files()) {
            if (file.rows().isEmpty()) throw new NotApplicable("The server tells no statistics of " + table + ".");
            rows += file.rows().getAsLong();
        }
        answer.must(rows == wanted, wanted + " rows in " + table, rows);
    }
}
