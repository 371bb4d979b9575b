package io.sluice.simulation.traffic;

import io.sluice.sharder.placement.Churn;
import java.util.SplittableRandom;

/** One trace on one stage, from a cold start to the end, and what was seen after the warm-up. */
public final class Run {
    private Run() {}

    /**
     * @param setup what the cluster is like
     * @param keyCount how many keys
     * @param zipf the exponent of their weights
     */
    public record Scene(Stage.Setup setup, int keyCount, double zipf, int seconds) {}

    /**
     * @param overload request-seconds above what the pods could bear
     * @param unserved seconds of all load that lay with nobody
     * @param settledAfter seconds from the end of the warm-up until all pods were within tolerance for good
     * @param churn the part of the true load that was moved
     * @param seenChurn by cause, as the planner saw it
     */
    public record Outcome(
            double meanMax,
            double worstMax,
            double meanP99,
            double endMax,
            double overload,
            double unserved,
            int settledAfter,
            double churn,
            Churn seenChurn,
            int slices,
            long rounds,
            double cpuMillisPerRound,
            double worstCpuMillis) {}

    public static Outcome of(Scene scene, Trace.Maker maker) {
        return of(scene, maker, Stage.Rules.PRODUCT);
    }

    /** The same, with another in the product's place. */
    public static Outcome of(Scene scene, Trace.Maker maker, Rival rival) {
        return of(scene, maker, (stage, now) -> rival.rule(stage.demand));
    }

    private static Outcome of(Scene scene, Trace.Maker maker, Stage.Rules rules) {
        SplittableRandom random = new SplittableRandom(scene.setup().seed());
        Keys keys = Keys.zipf(scene.keyCount(), scene.zipf(), random.split());
        Stage stage = new Stage(scene.setup(), keys, random.split(), rules);
        Trace trace = maker.make(random.split());
        while (stage.second() < Traces.WARM_UP_S) stage.step(trace);
        Record record = new Record(stage);
        while (stage.second() < scene.seconds()) {
            stage.step(trace);
            record.add(stage.balance());
        }
        return record.outcome();
    }

    /** Adds up what is seen from second to second. */
    private static final class Record {
        private final Stage stage;
        private final double churnBefore;
        private double sumMax;
        private double worstMax;
        private double endMax;
        private double sumP99;
        private double overload;
        private double unserved;
        private int unsettled;
        private int seconds;

        Record(Stage stage) {
            this.stage = stage;
            this.churnBefore = stage.trueChurn();
        }

        void add(Balance balance) {
            seconds++;
            sumMax += balance.maxOverMean();
            worstMax = Math.max(worstMax, balance.maxOverMean());
            endMax = balance.maxOverMean();
            sumP99 += balance.p99OverMean();
            overload += balance.overload();
            unserved += balance.unserved();
            double tolerated = 1 + 0.10 / stage.utilisation();
            if (balance.maxOverMean() > tolerated) unsettled = seconds;
        }

        Outcome outcome() {
            return new Outcome(
                    sumMax / seconds,
                    worstMax,
                    sumP99 / seconds,
                    endMax,
                    overload,
                    unserved,
                    unsettled,
                    stage.trueChurn() - churnBefore,
                    stage.seenChurn(),
                    stage.slices(),
                    stage.rounds(),
                    stage.cpuMillisPerRound(),
                    stage.worstRoundCpuMillis());
        }
    }
}
