package io.sluice.cluster;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** What the verbs for a running cluster have in common. */
final class RunningOptions {
    @Option(names = "--data", paramLabel = "DIR", description = "The cluster's folder (default: ${DEFAULT-VALUE}).")
    private Path data = Path.of("data/cluster");

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and exit.")
    private boolean help;

    RunningCluster cluster() {
        return RunningCluster.in(data);
    }
}
