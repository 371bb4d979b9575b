package io.sluice.cli.command;

import io.sluice.cli.SluiceCli;
import io.sluice.cli.exit.Exit;
import io.sluice.cli.http.SluiceServer;
import io.sluice.cli.setting.Settings;
import io.sluice.cli.show.Answer;
import io.sluice.cli.show.OutputFormat;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The options of every verb. Mixed into each one anew: picocli does not hand a parent's help down. */
final class Common {
    @Spec(Target.MIXEE)
    private @Nullable CommandSpec verb;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and exit.")
    private boolean help;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "How to print the result: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private OutputFormat output = OutputFormat.table;

    @Option(
            names = "--server",
            paramLabel = "URL",
            description = "The server to ask. Else SLUICE_SERVER, else the profile in use.")
    private @Nullable String server;

    @Option(
            names = "--profile",
            paramLabel = "NAME",
            description = "The profile to use, whatever the environment says.")
    private @Nullable String profile;

    /** Asks the server and prints what it found. */
    int show(Function<SluiceServer, Answer> question) {
        return print(question.apply(new SluiceServer(settings())));
    }

    int print(Answer answer) {
        surroundings().out().print(answer.in(output));
        surroundings().out().flush();
        return Exit.OK.code();
    }

    Settings settings() {
        return Settings.resolve(
                Optional.ofNullable(server),
                Optional.ofNullable(profile),
                surroundings().environment(),
                surroundings().profiles());
    }

    OutputFormat output() {
        return output;
    }

    Surroundings surroundings() {
        if (verb == null) throw new IllegalStateException("a verb was run outside of its command line");
        return ((SluiceCli) verb.root().userObject()).surroundings();
    }
}
