package io.sluice.cluster;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "roll",
        description = "Restarts all pods of a running cluster, one after another.",
        footer = "Example: sluice cluster roll")
final class RollCommand implements Callable<Integer> {
    @Option(names = "--data", paramLabel = "DIR", description = "The cluster's folder (default: ${DEFAULT-VALUE}).")
    private Path data = Path.of("data/cluster");

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and exit.")
    private boolean help;

    @Override
    public Integer call() {
        RunningCluster cluster = RunningCluster.in(data);
        for (String pod : cluster.pods()) {
            PodList.Entry now = cluster.restart(pod);
            System.out.printf("%s serves again on %s, process %d%n", now.pod(), now.url(), now.pid());
        }
        return 0;
    }
}
