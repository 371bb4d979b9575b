package io.sluice.simulation.traffic;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Keys in unsigned order with what each asks for. Plain arrays, so that ten million fit. */
public final class Keys {
    /** Sorted as unsigned numbers. */
    final long[] hash;
    /** Parts of all load; they add up to 1. */
    final double[] weight;

    private Keys(long[] hash, double[] weight) {
        this.hash = hash;
        this.weight = weight;
    }

    /** Weights fall as 1 / rank^exponent; which key has which rank is drawn. */
    public static Keys zipf(int count, double exponent, SplittableRandom random) {
        long[] hash = new long[count];
        for (int i = 0; i < count; i++) hash[i] = random.nextLong();
        // Signed order of what has its sign flipped is unsigned order.
        Arrays.sort(hash);
        for (int i = 0; i < count; i++) hash[i] ^= Long.MIN_VALUE;
        double[] weight = new double[count];
        double sum = 0;
        for (int i = 0; i < count; i++) sum += weight[i] = Math.pow(i + 1, -exponent);
        for (int i = 0; i < count; i++) weight[i] /= sum;
        shuffle(weight, random);
        return new Keys(hash, weight);
    }

    /** In unsigned order. */
    public long hash(int key) {
        return hash[key];
    }

    /** The part of all load. */
    public double weight(int key) {
        return weight[key];
    }

    public int count() {
        return hash.length;
    }

    /** The first key at or above. */
    public int indexOf(long key) {
        int from = 0;
        int to = hash.length;
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (Long.compareUnsigned(hash[middle], key) < 0) from = middle + 1;
            else to = middle;
        }
        return from;
    }

    int lightest() {
        int lightest = 0;
        for (int i = 1; i < weight.length; i++) if (weight[i] < weight[lightest]) lightest = i;
        return lightest;
    }

    private static void shuffle(double[] numbers, SplittableRandom random) {
        for (int i = numbers.length - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            double number = numbers[i];
            numbers[i] = numbers[other];
            numbers[other] = number;
        }
    }
}
