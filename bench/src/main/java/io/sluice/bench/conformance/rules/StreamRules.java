package io.sluice.bench.conformance.rules;

import io.sluice.bench.conformance.check.Check;
import io.sluice.bench.conformance.check.Group;
import io.sluice.bench.conformance.check.NotApplicable;
import io.sluice.bench.conformance.check.Rules;
import io.sluice.bench.conformance.share.KnownTable;
import io.sluice.bench.conformance.share.SharedTable;
import io.sluice.bench.conformance.share.Trait;
import io.sluice.bench.conformance.share.World;
import io.sluice.bench.conformance.wire.Answer;
import io.sluice.bench.conformance.wire.FileLine;
import io.sluice.bench.conformance.wire.Lines;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Files that were added and removed since a version, which streams follow. */
final class StreamRules {
    private StreamRules() {}

    static List<Check> list() {
        return Rules.of(Group.STREAMING)
                .rule("startingVersion answers protocol, metaData, and actions with version and timestamp", world -> {
                    Lines lines = since(followed(world), followed(world).firstVersion(), "")
                            .lines();
                    lines.head();
                    for (FileLine file : lines.files()) {
                        lines.answer().must(!file.kind().equals("file"), "add or remove", file.kind());
                        lines.answer()
                                .must(
                                        file.version().isPresent()
                                                && file.timestamp().isPresent(),
                                        "version and timestamp of each action",
                                        file.kind());
                    }
                })
                .rule("The header Delta-Table-Version tells the start of the range", world -> {
                    SharedTable table = followed(world);
                    Answer answer = since(table, table.firstVersion(), "");
                    answer.must(
                            answer.version() == table.firstVersion(),
                            "version " + table.firstVersion(),
                            answer.version());
                })
                .rule("Actions come in the order of their versions, from startingVersion on", world -> {
                    SharedTable table = followed(world);
                    Answer answer = since(table, table.firstVersion(), "");
                    long before = table.firstVersion();
                    for (FileLine file : answer.lines().files()) {
                        long version = file.version().orElse(-1);
                        answer.must(
                                version >= before && version <= table.version(),
                                "version " + before + " or later",
                                version);
                        before = version;
                    }
                })
                .rule("startingVersion at the newest version tells that version's actions only", world -> {
                    SharedTable table = followed(world);
                    Answer answer = since(table, table.version(), "");
                    for (FileLine file : answer.lines().files())
                        answer.must(
                                file.version().orElse(-1) == table.version(),
                                "version " + table.version(),
                                file.version());
                })
                .rule("endingVersion ends the range, itself included", world -> {
                    SharedTable table = followed(world);
                    long end = table.firstVersion() + 1;
                    Answer answer = since(table, table.firstVersion(), ",\"endingVersion\":" + end);
                    for (FileLine file : answer.lines().files())
                        answer.must(file.version().orElse(-1) <= end, "version " + end + " or earlier", file.version());
                })
                .rule("Two ranges that follow each other tell what the whole range tells", world -> {
                    SharedTable table = followed(world);
                    long middle = table.firstVersion();
                    Map<String, Integer> both = new TreeMap<>();
                    for (Answer part :
                            List.of(since(table, middle, ",\"endingVersion\":" + middle), since(table, middle + 1, "")))
                        part.lines().fileIds().forEach((id, count) -> both.merge(id, count, Integer::sum));
                    Answer whole = since(table, middle, "");
                    whole.must(
                            whole.lines().fileIds().equals(both),
                            both.toString(),
                            whole.lines().fileIds());
                })
                .rule("What was added and not removed since version 0 is the table", world -> {
                    SharedTable table = world.allKnown(Trait.PLAIN, Trait.HISTORY, Trait.SEVERAL_VERSIONS)
                            .get(0);
                    requireLaw(table);
                    requireLaw(world.known(KnownTable.CHANGES));
                })
                .rule("Pages of one action each tell every action once", world -> {
                    SharedTable table = followed(world);
                    String body = "{\"startingVersion\":" + table.firstVersion() + ",\"maxFiles\":1";
                    Answer whole = since(table, table.firstVersion(), "");
                    if (table.query(body + "}").send().isOk().lines().end().isEmpty())
                        throw new NotApplicable("The server does not page streams.");
                    Pages pages = Pages.follow(
                            table.query(body + "}"), token -> table.query(body + ",\"pageToken\":\"" + token + "\"}"));
                    whole.must(
                            pages.fileIds().equals(whole.lines().fileIds()),
                            whole.lines().fileIds().toString(),
                            pages.fileIds());
                })
                .rule("Added files of a stream can be fetched", world -> {
                    SharedTable table = followed(world);
                    for (FileLine file :
                            since(table, table.firstVersion(), "").lines().files())
                        if (file.kind().equals("add")) Parquet.requireMagic(file);
                })
                .rule("In delta format a stream tells the same actions", world -> {
                    SharedTable table = followed(world);
                    FormatRules.requireDelta(table);
                    Answer parquet = since(table, table.firstVersion(), "");
                    Answer answer = table.query("{\"startingVersion\":" + table.firstVersion() + "}")
                            .capabilities(SharedTable.READS_DELTA)
                            .send()
                            .isOk();
                    answer.must(
                            kinds(answer).equals(kinds(parquet)), kinds(parquet).toString(), kinds(answer));
                })
                // Some answer an empty stream: there is nothing yet.
                .rule(
                        "startingVersion behind the newest version is refused with 400 or 404, or brings no actions",
                        world -> {
                            SharedTable table = followed(world);
                            Answer answer = table.query("{\"startingVersion\":" + (table.version() + 1_000) + "}")
                                    .send()
                                    .is(400, 404, 200);
                            if (answer.succeeded())
                                answer.must(answer.lines().files().isEmpty(), "no actions", "some");
                        })
                .rule("An endingVersion before startingVersion is refused with 400", world -> {
                    SharedTable table = followed(world);
                    String body = "{\"startingVersion\":" + table.version() + ",\"endingVersion\":"
                            + table.firstVersion() + "}";
                    table.query(body).send().is(400);
                })
                .rule(
                        "A negative startingVersion is refused with 400",
                        world -> followed(world)
                                .query("{\"startingVersion\":-1}")
                                .send()
                                .is(400))
                .rule(
                        "startingVersion is refused with 400 or 403 where history is not shared",
                        world -> world.without(Trait.HISTORY)
                                .query("{\"startingVersion\":0}")
                                .send()
                                .is(400, 403))
                .list();
    }

    private static SharedTable followed(World world) {
        return world.table(Trait.PLAIN, Trait.HISTORY, Trait.SEVERAL_VERSIONS);
    }

    private static Answer since(SharedTable table, long version, String more) throws IOException, InterruptedException {
        return table.query("{\"startingVersion\":" + version + more + "}")
                .send()
                .isOk();
    }

    private static void requireLaw(SharedTable table) throws IOException, InterruptedException {
        Set<String> left = new TreeSet<>();
        Answer stream = since(table, 0, "");
        for (FileLine file : stream.lines().files()) {
            if (file.kind().equals("add")) left.add(file.id());
            else left.remove(file.id());
        }
        Set<String> snapshot = new TreeSet<>();
        for (FileLine file : table.query("{}").send().isOk().lines().files()) snapshot.add(file.id());
        stream.must(left.equals(snapshot), snapshot.toString(), left);
    }

    private static List<String> kinds(Answer answer) {
        return answer.lines().files().stream()
                .map(file -> file.kind() + " at " + file.version().orElse(-1))
                .toList();
    }
}
