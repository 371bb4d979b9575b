package io.sluice.cluster;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "restart",
        description =
                "Restarts one pod of a running cluster: it leaves, the others take over, and another takes its seat.",
        footer = "Example: sluice cluster restart pod-1")
final class RestartCommand implements Callable<Integer> {
    @Parameters(paramLabel = "POD", description = "As cluster.json names it.")
    private String pod = "";

    @Mixin
    private RunningOptions options = new RunningOptions();

    @Override
    public Integer call() {
        System.out.println(options.cluster().restart(pod).serves());
        return 0;
    }
}
