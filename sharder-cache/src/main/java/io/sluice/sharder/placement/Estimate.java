package io.sluice.sharder.placement;

import io.sluice.sharder.load.LoadMeter;
import io.sluice.sharder.load.SliceRates;
import org.jspecify.annotations.Nullable;

/**
 * Reads a load out of averages of different ages. The slow one is calm and late, the fast one early and noisy. Each step
 * from a calm value towards an early one is taken as far as it stands out of the noise of counting (requests that come
 * at random deviate by the root of their number): a difference that noise explains changes nothing, one far beyond it
 * is believed whole. This is the positive-part shrinkage of James and Stein.
 */
final class Estimate {
    private static final double LN2 = Math.log(2);
    // Mean ages of what the averages hold.
    private static final double FAST_AGE_S = LoadMeter.FAST_HALF_LIFE_S / LN2;
    private static final double SLOW_AGE_S = LoadMeter.SLOW_HALF_LIFE_S / LN2;
    // Variances that have to be exceeded: two deviations for what lasts seconds, three for a single second.
    private static final double LASTING = 4;
    private static final double SUDDEN = 9;
    private static final double HORIZON_S = 30;
    // Averages younger than this say nothing about a single second.
    private static final double SETTLED_S = 3;

    private Estimate() {}

    /**
     * Units per second that the pod gets of the slice now.
     *
     * @param former the report before, of the same slice
     * @param seconds between the two
     */
    static double now(SliceRates now, @Nullable SliceRates former, double seconds) {
        double lasting = lasting(now);
        if (former == null || seconds <= 0 || former.observedSeconds() < SETTLED_S) return lasting;
        return Math.max(0, shrunk(lasting, last(now, former, seconds), SUDDEN * noise(now, seconds)));
    }

    /** By how much it will have grown in half a minute if it goes on as it does. */
    static double growth(SliceRates now) {
        double trend = (lasting(now) - now.slow()) / (SLOW_AGE_S - FAST_AGE_S);
        return Math.max(0, trend) * HORIZON_S;
    }

    /** Between what was expected of a slice and what a pod has seen since it got it. */
    static double between(double prior, double seen, double observedSeconds) {
        double variance = Math.max(Math.max(prior, seen), 1) / Math.max(observedSeconds, 0.5);
        return observedSeconds > FAST_AGE_S * 4 ? seen : shrunk(prior, seen, LASTING * variance);
    }

    private static double lasting(SliceRates now) {
        return shrunk(now.slow(), now.fast(), LASTING * noise(now, 2 * FAST_AGE_S));
    }

    // What came in since the report before: the fast average, taken apart again.
    private static double last(SliceRates now, SliceRates former, double seconds) {
        double kept = Math.pow(0.5, seconds / LoadMeter.FAST_HALF_LIFE_S);
        return (now.fast() - kept * former.fast()) / (1 - kept);
    }

    private static double noise(SliceRates rates, double overSeconds) {
        return Math.max(Math.max(rates.fast(), rates.slow()), 1) / overSeconds;
    }

    private static double shrunk(double calm, double early, double bar) {
        double difference = early - calm;
        if (difference == 0) return calm;
        return calm + Math.max(0, 1 - bar / (difference * difference)) * difference;
    }
}
