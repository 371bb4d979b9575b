package io.sluice.cluster;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "restart",
        description =
                "Restarts one pod of a running cluster as an upgrade would: it leaves, and another takes its seat.",
        footer = "Example: sluice cluster restart pod-1")
final class RestartCommand implements Callable<Integer> {
    @Parameters(paramLabel = "POD", description = "As cluster.json names it.")
    private String pod = "";

    @Option(names = "--data", paramLabel = "DIR", description = "The cluster's folder (default: ${DEFAULT-VALUE}).")
    private Path data = Path.of("data/cluster");

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and exit.")
    private boolean help;

    @Override
    public Integer call() {
        PodList.Entry now = RunningCluster.in(data).restart(pod);
        System.out.printf("%s serves again on %s, process %d%n", now.pod(), now.url(), now.pid());
        return 0;
    }
}
