package io.sluice.sharder.load;

import io.sluice.sharder.Slice;
import io.sluice.sharder.SliceKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Measures what this pod serves. Recording takes no lock and allocates nothing: it adds to a counter of the slice and
 * offers the key to a bounded box of samples. {@link #report} empties both once a second.
 *
 * <p>{@link #record} and {@link #recordWrite} may be called by any thread, {@link #report} and {@link #resident} by any
 * one at a time.
 */
public final class LoadMeter {
    /** Tells within seconds that something has begun. */
    public static final double FAST_HALF_LIFE_S = 5;
    /** Tells what lasts. */
    public static final double SLOW_HALF_LIFE_S = 120;
    /** Slices in one report: about 60 bytes each. */
    public static final int MOST_SLICES = 512;
    /** Keys in one report: about 30 bytes each. */
    public static final int MOST_KEYS = 64;

    private static final double KEYS_HALF_LIFE_S = 10;
    // A key below this part of the pod's load is nothing that placement could act upon.
    private static final double KEYS_SUPPORT = 0.01;

    private final int unit;
    private final int stripeMask;
    private final Samples[] samples;
    private volatile Counters counters;
    private List<SliceGauge> gauges = List.of();
    private final KeySketch keys = new KeySketch();
    private long lastNanos;
    private int rotation;

    /**
     * @param unit which kind of unit is counted; change it when a unit comes to mean something else
     * @param stripes how many threads may record without meeting; a power of two
     */
    public LoadMeter(int unit, int stripes, long nowNanos) {
        if (Integer.bitCount(stripes) != 1)
            throw new IllegalArgumentException("stripes must be a power of two, not " + stripes);
        this.unit = unit;
        this.stripeMask = stripes - 1;
        this.samples = new Samples[stripes];
        for (int i = 0; i < stripes; i++) samples[i] = new Samples();
        this.counters = new Counters(List.of(), stripes);
        this.lastNanos = nowNanos;
    }

    /** @param units what the request cost, 1 for an ordinary one */
    public void record(SliceKey key, int units) {
        record(key.bits(), units, false);
    }

    /** A write is load, too: do not record it twice. */
    public void recordWrite(SliceKey key) {
        record(key.bits(), 1, true);
    }

    private void record(long key, int units, boolean isWrite) {
        int stripe = (int) Thread.currentThread().getId() & stripeMask;
        counters.add(stripe, key, units, isWrite);
        samples[stripe].offer(key, units, isWrite);
    }

    /** What is kept in memory for a slice. Ignored for slices that the pod did not hold at the last report. */
    public synchronized void resident(Slice slice, long bytes) {
        int at = counters.indexOf(slice.low().bits());
        if (at >= 0 && gauges.get(at).slice.equals(slice)) gauges.get(at).resident(bytes);
    }

    /**
     * Ends a tick. Call it about once a second.
     *
     * @param held what the pod may serve now, in the order of the keys
     */
    public synchronized LoadReport report(long nowNanos, List<Slice> held) {
        double seconds = (nowNanos - lastNanos) / (double) TimeUnit.SECONDS.toNanos(1);
        if (seconds > 0) tick(seconds);
        lastNanos = nowNanos;
        if (!held.equals(gauges.stream().map(gauge -> gauge.slice).toList())) hold(held);
        return new LoadReport(unit, mostTelling(), topKeys());
    }

    static double keep(double seconds, double halfLife) {
        return Math.pow(0.5, seconds / halfLife);
    }

    private void tick(double seconds) {
        keys.decay(keep(seconds, KEYS_HALF_LIFE_S), seconds);
        int stride = 1;
        for (Samples box : samples) stride = Math.max(stride, box.drain(this::sample));
        keys.trim(stride);
        for (int i = 0; i < gauges.size(); i++)
            gauges.get(i).tick(counters.takeUnits(i), counters.takeWrites(i), seconds);
    }

    private void sample(long key, int weight, boolean isWrite) {
        keys.add(key, weight, isWrite);
        int at = counters.indexOf(key);
        if (at >= 0) gauges.get(at).sample(key);
    }

    private void hold(List<Slice> held) {
        List<SliceGauge> next = new ArrayList<>(held.size());
        int from = 0;
        for (Slice slice : held) {
            SliceGauge gauge = new SliceGauge(slice);
            while (from < gauges.size() && gauges.get(from).slice.last().compareTo(slice.low()) < 0) from++;
            for (int i = from; i < gauges.size() && gauges.get(i).slice.overlaps(slice); i++)
                inherit(gauge, gauges.get(i));
            next.add(gauge);
        }
        gauges = next;
        counters = new Counters(held, samples.length);
    }

    private void inherit(SliceGauge gauge, SliceGauge former) {
        Slice common = gauge.slice.intersect(former.slice).orElseThrow();
        gauge.inherit(former, partOf(former, common), width(common) / width(gauge.slice));
    }

    // Keys that we know lie where they lie; the rest is taken to be spread evenly.
    private double partOf(SliceGauge former, Slice common) {
        if (common.equals(former.slice)) return 1;
        double rate = former.fastRate();
        double inFormer = 0;
        double inCommon = 0;
        for (HotKey key : topKeys()) {
            if (former.slice.contains(key.key())) inFormer += key.atLeast();
            if (common.contains(key.key())) inCommon += key.atLeast();
        }
        double rest = Math.max(0, rate - inFormer);
        double whole = rest + inFormer;
        double even = width(common) / width(former.slice);
        return whole == 0 ? even : (inCommon + rest * even) / whole;
    }

    private static double width(Slice slice) {
        double width = (double) (slice.last().bits() - slice.low().bits());
        return (width < 0 ? width + 0x1p64 : width) + 1;
    }

    // The hottest half always, the others in turn: each slice is heard of within a few reports.
    private List<SliceRates> mostTelling() {
        double heavy = 2 * totalRate() / Math.max(1, gauges.size());
        List<SliceRates> all = gauges.stream().map(gauge -> gauge.rates(heavy)).toList();
        if (all.size() <= MOST_SLICES) return all;
        List<SliceRates> sorted = new ArrayList<>(all);
        sorted.sort(Comparator.comparingDouble(SliceRates::fast).reversed());
        List<SliceRates> told = new ArrayList<>(sorted.subList(0, MOST_SLICES / 2));
        int others = all.size() - MOST_SLICES / 2;
        for (int i = 0; i < MOST_SLICES / 2; i++)
            told.add(sorted.get(MOST_SLICES / 2 + Math.floorMod(rotation + i, others)));
        rotation += MOST_SLICES / 2;
        told.sort(Comparator.comparing(rates -> rates.slice().low()));
        return told;
    }

    private List<HotKey> topKeys() {
        return keys.above(KEYS_SUPPORT * totalRate(), MOST_KEYS);
    }

    private double totalRate() {
        return gauges.stream().mapToDouble(SliceGauge::fastRate).sum();
    }
}
