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
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How far a table is. */
final class VersionRules {
    private VersionRules() {}

    static List<Check> list() {
        return Rules.of(Group.VERSION)
                .rule(
                        "version answers 200 with the number in the header Delta-Table-Version",
                        world -> world.any().versionCall().send().isOk().version())
                .rule("version answers no body", world -> {
                    Answer answer = world.any().versionCall().send().isOk();
                    answer.must(answer.body().length == 0, "an empty body", answer.text());
                })
                .rule("HEAD of the table, as old clients ask, answers the same number", world -> {
                    Answer answer = world.any().legacyVersion().send();
                    if (Set.of(404, 405, 501).contains(answer.status()))
                        throw new NotApplicable("The server does not answer this deprecated call any more.");
                    long version = world.any().versionCall().send().version();
                    answer.isOk().must(answer.version() == version, "version " + version, answer.version());
                })
                .rule("version, metadata and query tell the same version of a table that stands still", world -> {
                    SharedTable table = world.plain();
                    long version = table.versionCall().send().version();
                    for (Call call : List.of(table.metadata(), table.query("{\"limitHint\":1}"))) {
                        Answer answer = call.send().isOk();
                        answer.must(answer.version() == version, "version " + version, answer.version());
                    }
                })
                .rule(
                        "A table that is not there is refused with 404",
                        world -> world.missing().versionCall().send().is(404))
                .rule("startingTimestamp before all commits answers the oldest version", world -> {
                    SharedTable table = fromTheBeginning(world);
                    Answer answer = from(table, Instant.EPOCH).send().isOk();
                    answer.must(answer.version() == 0, "version 0", answer.version());
                })
                .rule("startingTimestamp equal to a commit's answers that commit", world -> {
                    SharedTable table = fromTheBeginning(world);
                    for (Map.Entry<Long, Instant> commit : History.of(table).distinctCommits()) {
                        Answer answer = from(table, commit.getValue()).send().isOk();
                        answer.must(
                                answer.version() == commit.getKey(), "version " + commit.getKey(), answer.version());
                    }
                })
                .rule("startingTimestamp just behind a commit answers the next one", world -> {
                    SharedTable table = fromTheBeginning(world);
                    List<Map.Entry<Long, Instant>> commits = History.of(table).distinctCommits();
                    if (commits.size() < 2) throw new NotApplicable("The table has too few commits of rows.");
                    Answer answer = from(table, commits.get(0).getValue().plusMillis(1))
                            .send()
                            .isOk();
                    long next = commits.get(1).getKey();
                    answer.must(answer.version() == next, "version " + next, answer.version());
                })
                .rule(
                        "startingTimestamp behind the newest commit is refused with 400",
                        world -> from(world.table(Trait.HISTORY), Instant.now().plusSeconds(86_400))
                                .send()
                                .is(400))
                .rule("startingTimestamp may have an offset from UTC", world -> {
                    SharedTable table = fromTheBeginning(world);
                    Answer answer = table.versionCall()
                            .param("startingTimestamp", "1971-01-01T02:00:00+02:00")
                            .send()
                            .isOk();
                    answer.must(answer.version() == 0, "version 0", answer.version());
                })
                .rule(
                        "startingTimestamp that is no moment is refused with 400",
                        world -> world.table(Trait.HISTORY)
                                .versionCall()
                                .param("startingTimestamp", "yesterday")
                                .send()
                                .is(400))
                .rule(
                        "startingTimestamp is refused with 400 or 403 where history is not shared",
                        world -> from(world.without(Trait.HISTORY), Instant.EPOCH)
                                .send()
                                .is(400, 403))
                .rule("The tables of --write-tables stand at the versions that were written", world -> {
                    for (SharedTable table : world.allKnown()) {
                        long written = table.known().orElseThrow().version();
                        Answer answer = table.versionCall().send().isOk();
                        answer.must(answer.version() == written, "version " + written, answer.version());
                    }
                })
                .list();
    }

    private static SharedTable fromTheBeginning(World world) {
        SharedTable table = world.table(Trait.HISTORY, Trait.PLAIN, Trait.SEVERAL_VERSIONS);
        if (table.firstVersion() != 0) throw new NotApplicable("No table is shared from version 0 on.");
        return table;
    }

    private static Call from(SharedTable table, Instant moment) {
        return table.versionCall().param("startingTimestamp", moment);
    }
}
