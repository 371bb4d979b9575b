package io.sluice.cli.command;

import io.sluice.cli.SluiceCli;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "completion",
        description = "Print a script that completes words in bash or zsh.",
        footer = "Example: source <(sluice completion bash)")
public final class CompletionCommand implements Runnable {
    /** One script serves both: in zsh it switches on what zsh has for scripts of bash. */
    enum Shell {
        bash,
        zsh
    }

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and exit.")
    private boolean help;

    @Parameters(paramLabel = "SHELL", description = "${COMPLETION-CANDIDATES}")
    private @Nullable Shell shell;

    @Override
    public void run() {
        if (spec == null) throw new IllegalStateException("completion was run outside of its command line");
        Surroundings surroundings = ((SluiceCli) spec.root().userObject()).surroundings();
        PrintStream out = surroundings.out();
        out.print(AutoComplete.bash("sluice", SluiceCli.whole(surroundings)));
        out.flush();
    }
}
