package io.sluice.bench.sharder;

import static io.sluice.bench.sharder.Figures.less;

import io.sluice.bench.figure.Report;
import io.sluice.simulation.BigCluster;

/** A thousand pods and ten million keys, end to end in virtual time. Takes minutes and about two gigabytes. */
final class ManyPods {
    private static final long SEED = 800_001;
    private static final int PODS = 1_000;
    private static final int KEYS = 10_000_000;
    private static final int SECONDS = 60;

    private ManyPods() {}

    static void tell(Report report) {
        System.out.printf("seed %d for %d pods and %d keys%n", SEED, PODS, KEYS);
        BigCluster cluster = BigCluster.of(SEED, PODS, KEYS, 0.99, SECONDS);
        report.tell(less("big_cluster_max_mean", cluster.endMax(), "max/mean").within(1.2));
        report.tell(less("big_cluster_first_max_mean", cluster.firstMax(), "max/mean"));
        report.tell(less("big_cluster_crash_s", cluster.crashSeconds(), "s").within(5));
        report.tell(less("big_cluster_replace_s", cluster.replaceSeconds(), "s"));
        report.tell(less("big_cluster_replaced_max_mean", cluster.replacedMax(), "max/mean"));
        report.tell(less("big_cluster_generations", cluster.generations(), "maps"));
    }
}
