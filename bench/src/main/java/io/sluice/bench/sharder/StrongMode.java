package io.sluice.bench.sharder;

import static io.sluice.bench.sharder.Figures.less;

import io.sluice.bench.figure.Better;
import io.sluice.bench.figure.Figure;
import io.sluice.bench.figure.Report;
import io.sluice.simulation.Endurance;
import io.sluice.simulation.PoisonedKey;
import io.sluice.simulation.Recovery;
import java.util.concurrent.TimeUnit;

/** What one owner per key is worth under faults, by the production machines in virtual time. */
final class StrongMode {
    private static final long FIRST_SEED = 700_001;
    private static final long FAULTS = 1_000_000;
    private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(6);
    private static final int CRASHES = 300;
    private static final int POISONED_PODS = 20;
    private static final int SECONDS_TO_LIVE = 5;
    private static final int POISONED_MINUTES = 30;
    private static final String DICER = "Dicer OSS 29110395, by its timeouts: ";

    private StrongMode() {}

    static void tell(Report report) {
        Endurance endurance = Endurance.of(FIRST_SEED, FAULTS, LONGEST_NANOS);
        System.out.printf("seeds %d to %d in trouble%n", FIRST_SEED, FIRST_SEED + endurance.worlds() - 1);
        report.tell(less("double_owners", endurance.broken(), "worlds").within(0));
        report.tell(less("unhealed_worlds", endurance.unhealed(), "worlds").within(0));
        // As many as there was time for: a slow machine says so.
        report.tell(Figure.alone("faults_simulated", endurance.faults(), "faults", Better.MORE)
                .within(FAULTS));

        System.out.printf("seeds %d to %d for crashes%n", FIRST_SEED, FIRST_SEED + CRASHES - 1);
        report.tell(less(
                        "crash_reassigned_p99_s",
                        Recovery.ofPods(FIRST_SEED, CRASHES).percentile(99),
                        "s")
                .within(5)
                .beside(DICER + "30 to 40 s"));
        report.tell(less(
                        "assigner_takeover_s",
                        Recovery.ofAssigners(FIRST_SEED, CRASHES).percentile(100),
                        "s")
                .within(5)
                .beside(DICER + "15 to 20 s"));
        poison(report);
    }

    private static void poison(Report report) {
        PoisonedKey found = PoisonedKey.of(FIRST_SEED, POISONED_PODS, SECONDS_TO_LIVE, POISONED_MINUTES);
        report.tell(
                less("poisoned_key_pods_lost", found.podsLost(), "of 20 pods").within(5));
        report.tell(less("poisoned_key_others_unserved_s", found.longestGapSeconds(), "s")
                .within(0));
    }
}
