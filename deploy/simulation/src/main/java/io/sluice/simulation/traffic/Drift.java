package io.sluice.simulation.traffic;

import java.util.SplittableRandom;

/**
 * Every key wanders on its own: the logarithm of its weight is an AR(1) process, with a step of sigma per minute that is
 * taken in sixths. All load stays the same.
 */
final class Drift implements Trace {
    private static final int STEP_S = 10;
    // What is left of a deviation after a minute. The process then swings by 3.2 sigma in the long run.
    private static final double KEPT_PER_MINUTE = 0.95;

    private final SplittableRandom random;
    private final double kept = Math.pow(KEPT_PER_MINUTE, STEP_S / 60.0);
    private final double deviation;
    private double[] wandered = {};

    Drift(double sigma, SplittableRandom random) {
        this.random = random;
        this.deviation = sigma * Math.sqrt(STEP_S / 60.0);
    }

    @Override
    public void second(long second, Stage stage) {
        if (second % STEP_S != 0) return;
        Demand demand = stage.demand();
        double total = demand.total();
        if (wandered.length == 0) wandered = new double[demand.keys.count()];
        double sum = 0;
        for (int i = 0; i < wandered.length; i++) {
            wandered[i] = kept * wandered[i] + deviation * random.nextGaussian();
            demand.rate[i] = demand.keys.weight[i] * Math.exp(wandered[i]);
            sum += demand.rate[i];
        }
        demand.scale(total / sum);
    }
}
