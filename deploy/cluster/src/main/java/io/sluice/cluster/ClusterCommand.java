package io.sluice.cluster;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The program's entrance. */
@Command(
        name = "sluice cluster",
        description =
                "Starts pods of the server on this machine, with a PostgreSQL of their own, and keeps them running.",
        footer = "Example: sluice cluster --pods 3",
        sortOptions = false)
public final class ClusterCommand implements Callable<Integer> {
    private static final int USAGE = 2;

    @Option(names = "--pods", paramLabel = "N", description = "How many pods (default: ${DEFAULT-VALUE}).")
    private int pods = 3;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Folder for everything that is kept (default: ${DEFAULT-VALUE}).")
    private Path data = Path.of("data/cluster");

    @Option(
            names = "--port",
            paramLabel = "P",
            description = "Port of the first pod; the others follow (default: ${DEFAULT-VALUE}; 0 takes free ones).")
    private int port = 8080;

    @Option(
            names = "--store",
            paramLabel = "URL",
            description = "A postgresql:// URL instead of a PostgreSQL of its own.")
    private @Nullable String store;

    @Option(names = "--empty", description = "Do not make the demo world.")
    private boolean isEmpty;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and exit.")
    private boolean help;

    private ClusterCommand() {}

    public static void main(String[] args) {
        System.exit(new CommandLine(new ClusterCommand())
                .addSubcommand(new RestartCommand())
                .addSubcommand(new RollCommand())
                .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
                .setParameterExceptionHandler((wrong, given) -> misused(wrong))
                .setExecutionExceptionHandler((failure, line, parsed) -> failed(failure))
                .execute(args));
    }

    @Override
    public Integer call() throws InterruptedException {
        new Supervisor(new ClusterWish(data, pods, port, Optional.ofNullable(store), !isEmpty, new Ports())).run();
        return 0;
    }

    private static int misused(ParameterException wrong) {
        System.err.println("sluice: " + wrong.getMessage());
        System.err.println("Try: sluice cluster --help");
        return USAGE;
    }

    private static int failed(Exception failure) {
        System.err.println("sluice: " + failure.getMessage());
        if (failure instanceof ClusterFailure known) return known.exitCode();
        failure.printStackTrace();
        return 1;
    }
}
