package io.sluice.bench.sharder;

import static io.sluice.bench.sharder.Figures.less;

import io.sluice.bench.Benchmark;
import io.sluice.bench.figure.Figure;
import io.sluice.bench.figure.Report;
import io.sluice.simulation.traffic.Rival;
import java.util.Locale;

/**
 * What the sharder promises. Figures of placement come from simulation: they are the worst of five seeds, and the same on
 * every machine. Load is 60 % of all capacity throughout.
 */
public final class SharderBenchmark implements Benchmark {
    private static final String DICER =
            "Dicer OSS 29110395, whose repository says that its open algorithm differs from production: ";

    @Override
    public String name() {
        return "sharder";
    }

    @Override
    public String purpose() {
        return "placement and ownership in simulation, bytes per change of the map, look-ups; a rolling restart of real pods";
    }

    @Override
    public void run(Report report) throws Exception {
        System.out.println("simulated with " + Seeds.names());
        WarmReads.tell(report);
        LookUps.tell(report, DICER + "213 to 268 ns for a look-up");
        distribution(report);
        placement(report);
        memory(report);
        rivals(report);
        ManyPods.tell(report);
        StrongMode.tell(report);
        RollingRestart.tell(report);
    }

    private static void distribution(Report report) {
        ReplacedPod replaced = ReplacedPod.of(1_000);
        report.tell(less("diff_bytes_1000_pods", replaced.differenceBytes(), "B")
                .within(10_240)
                .beside(DICER + "2.43 MB, the whole map"));
        report.tell(less("snapshot_bytes_1000_pods", replaced.snapshotBytes(), "B"));
        report.tell(less("round_cpu_ms_1000_pods", BigRound.cpuMillis(1_000), "ms")
                .within(1_000)
                .beside(DICER + "800 to 1,600 ms"));
    }

    private static void placement(Report report) {
        Seeds imbalance = Seeds.of(Placements::imbalanceAtZipf99);
        tell(
                report,
                less("imbalance_zipf99", imbalance.worst(), "max/mean")
                        .within(1.15)
                        .beside(DICER + "1.15 with 32 replicas set by hand, 6.50 by default"),
                imbalance);

        Placements.Worst hotChurn = new Placements.Worst();
        Seeds hotStep = Seeds.of(seed -> Placements.hotStep(seed, hotChurn));
        tell(report, less("hot_step_s", hotStep.worst(), "s").within(30).beside(DICER + "450 s"), hotStep);
        report.tell(
                less("hot_step_churn", hotChurn.value(), "of load").within(0.18).beside(DICER + "0.176"));

        drift(report);

        Seeds restart = Seeds.of(Placements::restartChurnTimesPods);
        tell(
                report,
                less("restart_churn_times_n", restart.worst(), "of a pod's share")
                        .within(1.1)
                        .beside(DICER + "2.01"),
                restart);
    }

    private static void drift(Report report) {
        Placements.Worst imbalance = new Placements.Worst();
        Seeds drift = Seeds.of(seed -> Placements.driftChurnVsDicer(seed, imbalance));
        tell(
                report,
                less("drift_churn_vs_dicer", drift.worst(), "of 0.87 per hour")
                        .within(0.5)
                        .beside(DICER + "0.87 per hour, on its own drift of the same deviation"),
                drift);
        report.tell(less("drift_imbalance", imbalance.value(), "mean of max/mean")
                .within(1.11)
                .beside(DICER + "1.11 after a round"));
    }

    private static void memory(Report report) {
        Seeds fullest = Seeds.of(Placements::fullestAtMemorySkew);
        tell(
                report,
                less("memory_skew_fullest", fullest.worst(), "of a pod's memory")
                        .within(1),
                fullest);
        Seeds misses = Seeds.of(seed -> Placements.restartMisses(seed, true));
        Seeds cold = Seeds.of(seed -> Placements.restartMisses(seed, false));
        tell(
                report,
                less("restart_misses", misses.worst(), "of requests, worst 5 s").within(0.02),
                misses);
        report.tell(less("restart_misses_without_transfer", cold.worst(), "of requests, worst 5 s"));
    }

    /** On the same traces, and those who want any are shown the true load. */
    private static void rivals(Report report) {
        for (Rival rival : Rival.values()) {
            String name = rival.name().toLowerCase(Locale.ROOT);
            Seeds imbalance = Seeds.of(seed -> Placements.imbalanceAtZipf99(seed, rival));
            report.tell(less("imbalance_zipf99_of_" + name, imbalance.worst(), "max/mean"));
            Placements.Worst uneven = new Placements.Worst();
            Seeds churn = Seeds.of(seed -> Placements.driftChurnVsDicer(seed, rival, uneven));
            report.tell(less("drift_churn_vs_dicer_of_" + name, churn.worst(), "of 0.87 per hour"));
            report.tell(less("drift_imbalance_of_" + name, uneven.value(), "mean of max/mean"));
            Seeds fullest = Seeds.of(seed -> Placements.fullestAtMemorySkew(seed, rival));
            report.tell(less("memory_skew_fullest_of_" + name, fullest.worst(), "of a pod's memory"));
        }
    }

    private static void tell(Report report, Figure worst, Seeds seeds) {
        report.tell(worst);
        report.tell(less(worst.name() + "_median", seeds.median(), worst.unit()));
    }
}
