package io.sluice.cli.command;

import io.sluice.cli.exit.CommandFailure;
import io.sluice.cli.http.Json;
import io.sluice.cli.show.Answer;
import io.sluice.cli.show.Column;
import io.sluice.cli.show.OutputFormat;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/** The options of every verb that takes something away for good: it shows what goes, and goes on only when told to. */
final class Destroying {
    @Option(names = "--dry-run", description = "Only show what would go.")
    private boolean dryRun;

    @Option(names = "--yes", description = "Really do it.")
    private boolean yes;

    Answer run(Common common, Supplier<Answer> plan, Supplier<Answer> deed) {
        if (dryRun) return plan.get();
        if (yes) return deed.get();
        common.surroundings().tell("%s", plan.get().in(OutputFormat.table).stripTrailing());
        throw CommandFailure.usage("This takes away all of the above. Say --yes to do it.");
    }

    static Answer deleted(String name) {
        return Answer.one(Json.object().put("deleted", name), Column.text("deleted", "deleted"));
    }
}
