package io.sluice.simulation.traffic;

import io.sluice.sharder.placement.Churn;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.SplittableRandom;

/** One trace on one stage, from a cold start to the end, and what was seen after the warm-up. */
public final class Run {
    private static final int HIT_WINDOW_S = 5;

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
     * @param fullest the part of its memory that a pod had taken at most; above 1 it would have died
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
            double worstCpuMillis,
            double fullest,
            Hits hits) {}

    /**
     * Where there are caches.
     *
     * @param rate the part of all requests that were answered from memory
     * @param worst the same in the worst five seconds
     * @param queriesPerSecond to the database
     */
    public record Hits(double rate, double worst, double queriesPerSecond) {
        static final Hits NONE = new Hits(0, 0, 0);
    }

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
        private double fullest;
        private final Deque<Caches.Lookups> window = new ArrayDeque<>();
        private long hits;
        private long misses;
        private double worstHits = Double.MAX_VALUE;
        private int unsettled;
        private int seconds;

        Record(Stage stage) {
            this.stage = stage;
            this.churnBefore = stage.trueChurn();
            stage.lookups();
        }

        void add(Balance balance) {
            seconds++;
            sumMax += balance.maxOverMean();
            worstMax = Math.max(worstMax, balance.maxOverMean());
            endMax = balance.maxOverMean();
            sumP99 += balance.p99OverMean();
            overload += balance.overload();
            unserved += balance.unserved();
            fullest = Math.max(fullest, stage.fullest());
            look(stage.lookups());
            double tolerated = 1 + 0.10 / stage.utilisation();
            if (balance.maxOverMean() > tolerated) unsettled = seconds;
        }

        private void look(Caches.Lookups last) {
            hits += last.hits();
            misses += last.misses();
            window.add(last);
            if (window.size() > HIT_WINDOW_S) window.remove();
            if (window.size() == HIT_WINDOW_S) worstHits = Math.min(worstHits, rate(window));
        }

        private static double rate(Collection<Caches.Lookups> lookups) {
            long hits = lookups.stream().mapToLong(Caches.Lookups::hits).sum();
            long misses = lookups.stream().mapToLong(Caches.Lookups::misses).sum();
            return hits / Math.max(1.0, hits + misses);
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
                    stage.worstRoundCpuMillis(),
                    fullest,
                    hits + misses == 0
                            ? Hits.NONE
                            : new Hits(hits / (double) (hits + misses), worstHits, misses / (double) seconds));
        }
    }
}
