package io.sluice.bench.figure;

import java.util.Arrays;

/**
 * Two measurements taken in turn. What disturbs the machine for a while disturbs both, so the ratio of each pair lasts
 * where the numbers themselves do not; the median forgets a bad pair.
 */
public record Rounds(double value, double limit, double ratio) {

    /** One measurement. */
    public interface Measure {
        double take() throws Exception;
    }

    public static Rounds of(int count, Measure subject, Measure limit) throws Exception {
        double[] values = new double[count];
        double[] limits = new double[count];
        double[] ratios = new double[count];
        for (int i = 0; i < count; i++) {
            // Every other pair begins with the limit, so that neither always has the warmer machine.
            if (i % 2 == 0) values[i] = subject.take();
            limits[i] = limit.take();
            if (i % 2 == 1) values[i] = subject.take();
            ratios[i] = values[i] / limits[i];
        }
        return new Rounds(median(values), median(limits), median(ratios));
    }

    public static double median(double... numbers) {
        double[] sorted = numbers.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
