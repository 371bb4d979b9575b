package io.sluice.simulation.traffic;

import java.util.Arrays;

/**
 * How evenly the true load lies on the pods at one moment.
 *
 * @param overload requests per second above what the pods can bear
 * @param unserved the part of the load that belongs to nobody who lives
 */
public record Balance(double maxOverMean, double p99OverMean, double overload, double unserved) {
    static Balance of(double[] loads, double[] capacities, double lost) {
        double sum = 0;
        double overload = 0;
        for (int i = 0; i < loads.length; i++) {
            sum += loads[i];
            overload += Math.max(0, loads[i] - capacities[i]);
        }
        double[] sorted = loads.clone();
        Arrays.sort(sorted);
        double mean = sum / loads.length;
        double p99 = sorted[(int) Math.ceil(0.99 * sorted.length) - 1];
        return new Balance(sorted[sorted.length - 1] / mean, p99 / mean, overload, lost / (sum + lost));
    }
}
