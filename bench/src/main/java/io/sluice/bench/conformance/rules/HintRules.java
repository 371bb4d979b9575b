package io.sluice.bench.conformance.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.bench.conformance.check.Check;
import io.sluice.bench.conformance.check.Group;
import io.sluice.bench.conformance.check.NotApplicable;
import io.sluice.bench.conformance.check.Rules;
import io.sluice.bench.conformance.share.SharedTable;
import io.sluice.bench.conformance.share.Trait;
import io.sluice.bench.conformance.share.World;
import io.sluice.bench.conformance.wire.Answer;
import io.sluice.bench.conformance.wire.FileLine;
import io.sluice.bench.conformance.wire.Lines;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Hints are best effort: more files than needed may come, but none that may hold a wanted row may be missing. */
final class HintRules {
    private static final int DEEP = 100;
    private static final int MEGABYTE = 1024 * 1024;

    private HintRules() {}

    static List<Check> list() {
        return Rules.of(Group.HINTS)
                .rule("limitHint=1 brings at least one file of a table that has rows", world -> {
                    Answer answer =
                            world.plain().query("{\"limitHint\":1}").send().isOk();
                    answer.must(!answer.lines().files().isEmpty(), "a file", "none");
                })
                .rule("limitHint brings at least as many rows as it asks for, or all", world -> {
                    for (SharedTable table : world.allKnown())
                        for (long limit : List.of(1L, 6L, 11L, 1_000L)) requireRows(table, limit);
                })
                .rule(
                        "limitHint=0 is allowed",
                        world -> world.plain().query("{\"limitHint\":0}").send().isOk())
                .rule("A negative limitHint is refused with 400, or passed over", world -> {
                    SharedTable table = world.plain();
                    Answer answer = table.query("{\"limitHint\":-1}").send().is(400, 200);
                    if (answer.succeeded())
                        answer.must(answer.lines().files().size() == table.files(), "all files", "fewer");
                })
                .rule("A predicate on a partition keeps all files of that partition", world -> {
                    SharedTable table = world.table(Trait.PLAIN, Trait.PARTITIONED, Trait.SEVERAL_FILES);
                    String column = partitionColumn(table);
                    Lines all = table.query("{}").send().isOk().lines();
                    for (String value : values(all, column))
                        requireAll(table, all, column, Optional.of(value), Hint.body(Hint.equal(column, value), ""));
                })
                .rule("isNull on a partition keeps the files of the partition NULL", world -> {
                    SharedTable table = world.table(Trait.PLAIN, Trait.NULL_PARTITION);
                    String column = partitionColumn(table);
                    Lines all = table.query("{}").send().isOk().lines();
                    requireAll(table, all, column, Optional.empty(), Hint.body(Hint.isNull(column), ""));
                })
                .rule("A predicate is applied before the limit", world -> {
                    SharedTable table = world.table(Trait.PLAIN, Trait.PARTITIONED, Trait.SEVERAL_FILES);
                    String column = partitionColumn(table);
                    for (String value : values(table.query("{}").send().isOk().lines(), column)) {
                        Answer answer = table.query(Hint.body(Hint.equal(column, value), ",\"limitHint\":1"))
                                .send()
                                .isOk();
                        answer.must(
                                answer.lines().files().stream()
                                        .anyMatch(file -> file.partition(column).equals(Optional.of(value))),
                                "a file of " + column + "=" + value,
                                answer.lines().files().size() + " files of others");
                    }
                })
                .rule("Hints and pages together tell the same files as hints alone", world -> {
                    SharedTable table = world.table(Trait.PLAIN, Trait.PARTITIONED, Trait.SEVERAL_FILES);
                    String column = partitionColumn(table);
                    String value = values(table.query("{}").send().isOk().lines(), column)
                            .iterator()
                            .next();
                    ObjectNode hint = Hint.equal(column, value);
                    Map<String, Integer> whole = table.query(Hint.body(hint, ""))
                            .send()
                            .isOk()
                            .lines()
                            .fileIds();
                    Pages pages = Pages.follow(
                            table.query(Hint.body(hint, ",\"maxFiles\":1")),
                            token -> table.query(Hint.body(hint, ",\"maxFiles\":1,\"pageToken\":\"" + token + "\"")));
                    pages.first().must(pages.fileIds().equals(whole), whole.toString(), pages.fileIds());
                })
                .rule("predicateHints in SQL keep all files of the partition", world -> {
                    SharedTable table = world.table(Trait.PLAIN, Trait.PARTITIONED, Trait.SEVERAL_FILES);
                    String column = partitionColumn(table);
                    Lines all = table.query("{}").send().isOk().lines();
                    for (String value : values(all, column)) {
                        JsonNode hint = new ObjectMapper()
                                .createObjectNode()
                                .set(
                                        "predicateHints",
                                        new ObjectMapper().createArrayNode().add("`" + column + "` = '" + value + "'"));
                        requireAll(table, all, column, Optional.of(value), hint.toString());
                    }
                })
                .rule(
                        "A predicate in SQL that is not understood leaves all files in",
                        world -> leavesAll(world.plain(), "{\"predicateHints\":[\"conformance ~~ (('\"]}"))
                // A server may take it for the caller's mistake.
                .rule(
                        "A predicate that is not JSON leaves all files in, or is refused with 400",
                        world -> leavesAllOrRefuses(world.plain(), "{\"jsonPredicateHints\":\"{not json\"}"))
                .rule(
                        "A predicate of an unknown operation leaves all files in, or is refused with 400",
                        world -> leavesAllOrRefuses(
                                world.plain(), "{\"jsonPredicateHints\":\"{\\\"op\\\":\\\"conformance\\\"}\"}"))
                .rule(
                        "A predicate on a column that is not there leaves all files in, or is refused with 400",
                        world -> leavesAllOrRefuses(
                                world.plain(), Hint.body(Hint.equal("conformance_no_such_column", "1"), "")))
                .rule(
                        "jsonPredicateHints as an object instead of a text is refused with 400, or passed over",
                        world -> leavesAllOrRefuses(world.plain(), "{\"jsonPredicateHints\":" + Hint.isNull("x") + "}"))
                .rule("A predicate of depth 100 keeps all files that match", world -> deep(world, DEEP - 4))
                .rule("A predicate deeper than any limit keeps all files that match, or is refused with 400", world -> {
                    SharedTable table = world.plain();
                    leavesAllOrRefuses(table, Hint.body(Hint.nested(Hint.isNull("conformance"), 10 * DEEP), ""));
                })
                .rule("A predicate of more than 1 MiB leaves all files in, or is refused with 400 or 413", world -> {
                    SharedTable table = world.plain();
                    String body = Hint.body(Hint.equal("conformance", "x".repeat(MEGABYTE)), "");
                    leaves(table, table.query(body).send().is(200, 400, 413));
                })
                .list();
    }

    private static void requireRows(SharedTable table, long limit) throws IOException, InterruptedException {
        Answer answer =
                table.readableQuery("{\"limitHint\":" + limit + "}").send().isOk();
        long rows = 0;
        for (FileLine file : answer.lines().files())
            rows += file.rows().orElseThrow(() -> new NotApplicable("The server tells no statistics."));
        long wanted = Math.min(limit, table.known().orElseThrow().rows());
        answer.must(rows >= wanted, wanted + " rows or more", rows);
    }

    private static void deep(World world, int depth) throws IOException, InterruptedException {
        SharedTable table = world.table(Trait.PLAIN, Trait.PARTITIONED, Trait.SEVERAL_FILES);
        String column = partitionColumn(table);
        Lines all = table.query("{}").send().isOk().lines();
        String value = values(all, column).iterator().next();
        requireAll(
                table, all, column, Optional.of(value), Hint.body(Hint.nested(Hint.equal(column, value), depth), ""));
    }

    private static String partitionColumn(SharedTable table) throws IOException, InterruptedException {
        return table.metadata()
                .send()
                .isOk()
                .lines()
                .metadata()
                .path("partitionColumns")
                .path(0)
                .asText();
    }

    private static Set<String> values(Lines lines, String column) {
        Set<String> values = new TreeSet<>();
        for (FileLine file : lines.files())
            if (values.size() < 3) file.partition(column).ifPresent(values::add);
        if (values.isEmpty()) throw new NotApplicable("The table has no partition but NULL.");
        return values;
    }

    private static void requireAll(SharedTable table, Lines all, String column, Optional<String> value, String body)
            throws IOException, InterruptedException {
        Set<String> wanted = new TreeSet<>();
        for (FileLine file : all.files()) if (file.partition(column).equals(value)) wanted.add(file.id());
        Answer answer = table.query(body).send().isOk();
        Set<String> found = new TreeSet<>();
        for (FileLine file : answer.lines().files()) found.add(file.id());
        answer.must(
                found.containsAll(wanted),
                "all " + wanted.size() + " files of " + column + "=" + value.orElse("NULL"),
                found.size() + " files, without some of them");
    }

    private static void leavesAll(SharedTable table, String body) throws IOException, InterruptedException {
        leaves(table, table.query(body).send().isOk());
    }

    private static void leavesAllOrRefuses(SharedTable table, String body) throws IOException, InterruptedException {
        leaves(table, table.query(body).send().is(200, 400));
    }

    private static void leaves(SharedTable table, Answer answer) {
        if (!answer.succeeded()) return;
        int found = answer.lines().files().size();
        answer.must(found == table.files(), "all " + table.files() + " files", found);
    }
}
