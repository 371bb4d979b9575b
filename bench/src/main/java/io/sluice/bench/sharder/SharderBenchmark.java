package io.sluice.bench.sharder;

import io.sluice.bench.Benchmark;
import io.sluice.bench.figure.Better;
import io.sluice.bench.figure.Figure;
import io.sluice.bench.figure.Report;

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
        lookups(report);
        distribution(report);
        placement(report);
        StrongMode.tell(report);
        RollingRestart.tell(report);
    }

    private static void lookups(Report report) {
        LookUps lookUps = LookUps.measure();
        report.tell(less("lookup_ns", lookUps.nanos(), "ns").within(100).beside(DICER + "213 to 268 ns"));
        report.tell(less("lookup_allocated_bytes", lookUps.bytes(), "B").within(0));
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

        Placements.Worst driftImbalance = new Placements.Worst();
        Seeds drift =
                Seeds.of(seed -> Placements.driftChurnPerHour(seed, driftImbalance) / Placements.DICER_DRIFT_CHURN);
        tell(
                report,
                less("drift_churn_vs_dicer", drift.worst(), "of 0.87 per hour")
                        .within(0.5)
                        .beside(DICER + "0.87 per hour, on its own drift of the same deviation"),
                drift);
        report.tell(less("drift_imbalance", driftImbalance.value(), "mean of max/mean")
                .within(1.11)
                .beside(DICER + "1.11 after a round"));

        Seeds restart = Seeds.of(Placements::restartChurnTimesPods);
        tell(
                report,
                less("restart_churn_times_n", restart.worst(), "of a pod's share")
                        .within(1.1)
                        .beside(DICER + "2.01"),
                restart);
    }

    private static void tell(Report report, Figure worst, Seeds seeds) {
        report.tell(worst);
        report.tell(less(worst.name() + "_median", seeds.median(), worst.unit()));
    }

    private static Figure less(String name, double value, String unit) {
        return Figure.alone(name, value, unit, Better.LESS);
    }
}
