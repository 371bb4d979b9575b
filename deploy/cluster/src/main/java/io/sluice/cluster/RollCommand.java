package io.sluice.cluster;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * Whoever leaves finds somebody fresh who takes all of it: the first pod a further one, the second pod the first one's
 * successor, and so on; the further one leaves last. So the seats stay the same, and no pod has to do more than before.
 */
@Command(
        name = "roll",
        description =
                "Restarts all pods of a running cluster as an upgrade would, one after another. A further pod helps out.",
        footer = "Example: sluice cluster roll")
final class RollCommand implements Callable<Integer> {
    @Mixin
    private RunningOptions options = new RunningOptions();

    @Override
    public Integer call() {
        RunningCluster cluster = options.cluster();
        System.out.println(cluster.widen().serves());
        for (String pod : cluster.pods())
            System.out.println(cluster.restart(pod).serves());
        cluster.narrow();
        System.out.println(PodSeat.SURGE + " has left");
        return 0;
    }
}
