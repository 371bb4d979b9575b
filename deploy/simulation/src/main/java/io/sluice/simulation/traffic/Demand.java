package io.sluice.simulation.traffic;

/** How many requests per second each key truly gets now, with sums over ranges at hand. */
public final class Demand {
    final Keys keys;
    final double[] rate;
    /** Parts of the requests that are writes. */
    final double writes;

    private final double[] sumBefore;
    private boolean isStale = true;

    Demand(Keys keys, double perSecond, double writes) {
        this.keys = keys;
        this.rate = keys.weight.clone();
        this.writes = writes;
        this.sumBefore = new double[rate.length + 1];
        for (int i = 0; i < rate.length; i++) rate[i] *= perSecond;
    }

    void set(int key, double perSecond) {
        rate[key] = perSecond;
        isStale = true;
    }

    void scale(double by) {
        for (int i = 0; i < rate.length; i++) rate[i] *= by;
        isStale = true;
    }

    /** Of the keys from the one number to before the other. */
    double between(int from, int to) {
        if (isStale) sum();
        return sumBefore[to] - sumBefore[from];
    }

    double total() {
        return between(0, rate.length);
    }

    private void sum() {
        for (int i = 0; i < rate.length; i++) sumBefore[i + 1] = sumBefore[i] + rate[i];
        isStale = false;
    }
}
