package io.sluice.bench.sharder;

import io.sluice.sharder.placement.Policy;
import io.sluice.simulation.traffic.Rival;
import io.sluice.simulation.traffic.Run;
import io.sluice.simulation.traffic.Stage;
import io.sluice.simulation.traffic.Trace;
import io.sluice.simulation.traffic.Traces;

/** The scenes of the figures of placement. What the assigner sees is what meters, averages and heartbeats let through. */
final class Placements {
    /** Of all load, per hour. */
    private static final double DICER_DRIFT_CHURN = 0.87;

    private static final int DRIFT_MINUTES = 30;

    private static final double UTILISATION = 0.6;
    private static final int MINUTE = 60;

    private Placements() {}

    /** The worst of the side results of several runs. Safe for use by many threads. */
    static final class Worst {
        private double value;

        synchronized void add(double other) {
            value = Math.max(value, other);
        }

        synchronized double value() {
            return value;
        }
    }

    /** After six minutes from a cold start. */
    static double imbalanceAtZipf99(long seed) {
        return Run.of(even(seed), random -> Trace.calm()).endMax();
    }

    static double imbalanceAtZipf99(long seed, Rival rival) {
        return Run.of(even(seed), random -> Trace.calm(), rival).endMax();
    }

    private static Run.Scene even(long seed) {
        return scene(seed, 100, 100, 1_000_000, 0.99, 6 * MINUTE);
    }

    /** Seconds until the last moment above tolerance. */
    static double hotStep(long seed, Worst churn) {
        Run.Scene scene = scene(seed, 50, 200, 100_000, 0.9, Traces.WARM_UP_S + 2 * MINUTE);
        Run.Outcome outcome = Run.of(scene, random -> Traces.hotKey(3));
        churn.add(outcome.churn());
        return outcome.settledAfter();
    }

    static double driftChurnVsDicer(long seed, Worst imbalance) {
        return driftChurnVsDicer(Run.of(drifting(seed), random -> Traces.drift(0.3, random)), imbalance);
    }

    static double driftChurnVsDicer(long seed, Rival rival, Worst imbalance) {
        return driftChurnVsDicer(Run.of(drifting(seed), random -> Traces.drift(0.3, random), rival), imbalance);
    }

    private static double driftChurnVsDicer(Run.Outcome outcome, Worst imbalance) {
        imbalance.add(outcome.meanMax());
        return outcome.churn() * 60 / DRIFT_MINUTES / DICER_DRIFT_CHURN;
    }

    private static Run.Scene drifting(long seed) {
        return scene(seed, 50, 200, 100_000, 0.9, Traces.WARM_UP_S + DRIFT_MINUTES * MINUTE);
    }

    /** Each of the pods once, one after the other, with a ready replacement. */
    static double restartChurnTimesPods(long seed) {
        int pods = 30;
        Run.Scene scene = scene(seed, pods, 100, 100_000, 0.9, Traces.WARM_UP_S + pods * 10);
        // Each restart moves a share of 1/N: N restarts move all load once.
        return Run.of(scene, random -> Traces.rollingRestart(1, true)).churn();
    }

    /** A restart of each pod, with a memory in each that holds all keys. @return the part that was not found in it */
    static double restartMisses(long seed, boolean transfers) {
        Run.Scene scene = scene(seed, 20, 200, 20_000, 0.9, Traces.WARM_UP_S + 20 * 10);
        Trace.Maker restart = Traces.cached(random -> Traces.rollingRestart(1, true), 20_000, transfers);
        return 1 - Run.of(scene, restart).hits().worst();
    }

    /** The part of its memory that the fullest pod has taken; above 1 it is dead. */
    static double fullestAtMemorySkew(long seed) {
        return Run.of(skewed(seed), Traces::memorySkew).fullest();
    }

    static double fullestAtMemorySkew(long seed, Rival rival) {
        return Run.of(skewed(seed), Traces::memorySkew, rival).fullest();
    }

    private static Run.Scene skewed(long seed) {
        return scene(seed, 50, 100, 50_000, 0.9, Traces.WARM_UP_S + 11 * MINUTE);
    }

    private static Run.Scene scene(long seed, int pods, double perPod, int keys, double zipf, int seconds) {
        Stage.Setup setup = new Stage.Setup(pods, 3, UTILISATION, perPod, 0, Policy.DEFAULT, seed);
        return new Run.Scene(setup, keys, zipf, seconds);
    }
}
