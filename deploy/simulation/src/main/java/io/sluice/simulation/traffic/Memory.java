package io.sluice.simulation.traffic;

import java.util.SplittableRandom;

/** What each key takes up in the memory of every pod that serves it, whether or not it is asked for. */
final class Memory {
    // What pods are told to keep to; the rest is for what comes between two looks.
    private static final double USABLE = 0.8;

    private final double[] bytes;
    private final double[] sumBefore;
    private final double perPod;
    private boolean isStale = true;

    /**
     * @param pods among which it lies
     * @param fill the part of all memory that is taken at the start
     */
    Memory(int keys, int pods, double fill, SplittableRandom random) {
        this.bytes = new double[keys];
        this.sumBefore = new double[keys + 1];
        double sum = 0;
        for (int key = 0; key < keys; key++) sum += bytes[key] = 1_000 * random.nextExponential();
        this.perPod = sum / pods / fill;
    }

    /** What the product is told. */
    long limit() {
        return (long) (USABLE * perPod);
    }

    void grow(int from, int to, double factor) {
        for (int key = from; key < to; key++) bytes[key] *= factor;
        isStale = true;
    }

    double between(int from, int to) {
        if (isStale) for (int key = 0; key < bytes.length; key++) sumBefore[key + 1] = sumBefore[key] + bytes[key];
        isStale = false;
        return sumBefore[to] - sumBefore[from];
    }

    /** What the fullest pod has of what it can have; above 1 it is dead. */
    double fullest(Territory territory, int servers) {
        double[] taken = new double[servers];
        double fullest = 0;
        for (int slice = 0; slice < territory.seats.length; slice++)
            for (int seat : territory.seats[slice])
                if (seat >= 0) {
                    taken[seat] += between(territory.firstKey[slice], territory.firstKey[slice + 1]);
                    fullest = Math.max(fullest, taken[seat]);
                }
        return fullest / perPod;
    }
}
