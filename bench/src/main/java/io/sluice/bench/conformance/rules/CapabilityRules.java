package io.sluice.bench.conformance.rules;

import io.sluice.bench.conformance.check.Check;
import io.sluice.bench.conformance.check.Group;
import io.sluice.bench.conformance.check.NotApplicable;
import io.sluice.bench.conformance.check.Rules;
import io.sluice.bench.conformance.share.SharedTable;
import io.sluice.bench.conformance.share.Trait;
import io.sluice.bench.conformance.share.World;
import io.sluice.bench.conformance.wire.Answer;
import io.sluice.bench.conformance.wire.Call;
import io.sluice.bench.conformance.wire.FileLine;
import io.sluice.bench.conformance.wire.Lines;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** What clients say that they can take, and how files are named. */
final class CapabilityRules {
    private static final String FILE_ID_HASH = "fileidhash";

    private CapabilityRules() {}

    static List<Check> list() {
        return Rules.of(Group.CAPABILITIES)
                .rule("Who says nothing is answered in parquet format", world -> {
                    Answer answer = world.plain().query("{}").send().isOk();
                    answer.must(
                            !answer.lines().isDelta(),
                            "parquet format",
                            answer.lines().protocol());
                })
                .rule(
                        "Who takes parquet only is answered in parquet format",
                        world -> inFormat(world.plain().query("{}").capabilities("responseformat=parquet"), "parquet"))
                .rule("Who takes delta only is answered in delta format, or refused with 400", world -> {
                    deltaOf(world);
                    inFormat(world.plain().query("{}").capabilities(SharedTable.READS_DELTA), "delta");
                })
                // The choice is the server's; what it says of its choice has to be true.
                .rule("Who takes both is told in the answer's header which format it has", world -> {
                    Answer answer = world.plain()
                            .query("{}")
                            .capabilities(SharedTable.READS_ALL)
                            .send()
                            .isOk();
                    String format = answer.lines().isDelta() ? "delta" : "parquet";
                    answer.must(
                            answer.claims("responseformat=" + format),
                            "responseformat=" + format + " in the header " + Answer.CAPABILITIES + ", in lower case",
                            answer.header(Answer.CAPABILITIES));
                })
                .rule("Capabilities are read without regard to case", world -> {
                    deltaOf(world);
                    inFormat(
                            world.plain()
                                    .query("{}")
                                    .capabilities("ResponseFormat=DELTA;ReaderFeatures=DeletionVectors"),
                            "delta");
                })
                .rule(
                        "Capabilities that the server does not know are passed over",
                        world -> world.plain()
                                .query("{}")
                                .capabilities("responseformat=parquet;conformance=true;readerfeatures=conformance;;x")
                                .send()
                                .isOk())
                .rule(
                        "A format that nobody knows is refused with 400, if it is the only one asked for",
                        world -> world.plain()
                                .query("{}")
                                .capabilities("responseformat=conformance")
                                .send()
                                .is(400))
                .rule("metadata is answered in the same format as the query", world -> {
                    Answer query = world.plain()
                            .query("{}")
                            .capabilities(SharedTable.READS_ALL)
                            .send()
                            .isOk();
                    Answer answer = world.plain()
                            .metadata()
                            .capabilities(SharedTable.READS_ALL)
                            .send()
                            .isOk();
                    answer.must(
                            answer.lines().isDelta() == query.lines().isDelta(),
                            "the query's format",
                            answer.lines().protocol());
                })
                // An unasked-for last line breaks the Python client.
                .rule("Without being asked for, no endStreamAction is sent", world -> {
                    Answer answer = world.plain().query("{}").send().isOk();
                    answer.must(answer.lines().end().isEmpty(), "no endStreamAction", "one");
                })
                // A promised last line that is missing makes the Spark client try again and again.
                .rule(
                        "includeendstreamaction=true is promised in the answer's header exactly if the line is sent",
                        world -> {
                            Answer answer = world.plain()
                                    .query("{}")
                                    .capabilities("responseformat=parquet;includeendstreamaction=true")
                                    .send()
                                    .isOk();
                            boolean isSent = answer.lines().end().isPresent();
                            answer.must(
                                    answer.claims("includeendstreamaction=true") == isSent,
                                    isSent ? "the promise" : "no promise, or the line",
                                    answer.header(Answer.CAPABILITIES));
                        })
                .rule("Files have ids that differ from each other", world -> {
                    Lines lines = world.table(Trait.PLAIN, Trait.SEVERAL_FILES)
                            .query("{}")
                            .send()
                            .isOk()
                            .lines();
                    Set<String> ids = ids(lines);
                    lines.answer()
                            .must(
                                    ids.size() == lines.files().size(),
                                    lines.files().size() + " ids",
                                    ids.size());
                })
                .rule("The same file has the same id in the next answer", world -> {
                    Set<String> first =
                            ids(world.plain().query("{}").send().isOk().lines());
                    Lines again = world.plain().query("{}").send().isOk().lines();
                    again.answer().must(ids(again).equals(first), first.toString(), ids(again));
                })
                .rule("The header fileidhash is confirmed in lower case", world -> {
                    withHashes(world);
                    for (String scheme : List.of("parquet", "delta", "Delta"))
                        world.plain()
                                .query("{}")
                                .with(FILE_ID_HASH, scheme)
                                .send()
                                .isOk()
                                .headerIs(FILE_ID_HASH, scheme.toLowerCase(Locale.ROOT));
                })
                .rule("fileidhash=delta gives files the same ids in both formats", world -> {
                    withHashes(world);
                    deltaOf(world);
                    Call query = world.plain().query("{}").with(FILE_ID_HASH, "delta");
                    Set<String> wanted = ids(query.send().isOk().lines());
                    Lines other = query.capabilities(SharedTable.READS_DELTA)
                            .send()
                            .isOk()
                            .lines();
                    other.answer().must(ids(other).equals(wanted), wanted.toString(), ids(other));
                })
                .rule("A fileidhash of another kind is refused with 400", world -> {
                    withHashes(world);
                    world.plain().query("{}").with(FILE_ID_HASH, "crc32").send().is(400);
                })
                .list();
    }

    /** Servers from before the header pass it over. */
    private static void withHashes(World world) throws IOException, InterruptedException {
        if (world.plain()
                .query("{}")
                .with(FILE_ID_HASH, "parquet")
                .send()
                .header(FILE_ID_HASH)
                .isEmpty()) throw new NotApplicable("The server does not know the header fileidhash.");
    }

    private static void deltaOf(World world) throws IOException, InterruptedException {
        FormatRules.requireDelta(world.plain());
    }

    private static void inFormat(Call call, String format) throws IOException, InterruptedException {
        Answer answer = call.send().isOk();
        answer.must(
                answer.lines().isDelta() == format.equals("delta"),
                format + " format",
                answer.lines().protocol());
    }

    private static Set<String> ids(Lines lines) {
        Set<String> ids = new TreeSet<>();
        for (FileLine file : lines.files()) ids.add(file.id());
        return ids;
    }
}
