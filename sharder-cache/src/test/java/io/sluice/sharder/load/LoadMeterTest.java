package io.sluice.sharder.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import io.sluice.sharder.Slice;
import io.sluice.sharder.SliceKey;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LoadMeterTest {
    private static final Slice LOW = Slice.of(new SliceKey(0), new SliceKey(1_000));
    private static final Slice HIGH = Slice.of(new SliceKey(5_000), new SliceKey(6_000));

    private final LoadMeter meter = new LoadMeter(1, 4, 0);
    private long seconds;

    @Test
    void aConstantRateIsToldAsItIsFromTheFirstSecondOn() {
        report(LOW, HIGH);
        for (int second = 0; second < 20; second++) {
            serve(100, 30);
            serve(5_500, 70);
            LoadReport report = report(LOW, HIGH);
            assertThat(rates(report, LOW).fast()).isEqualTo(30, within(1e-6));
            assertThat(rates(report, LOW).slow()).isEqualTo(30, within(1e-6));
            assertThat(rates(report, HIGH).fast()).isEqualTo(70, within(1e-6));
        }
    }

    @Test
    void afterAStepTheFastAverageRisesFirst() {
        report(LOW);
        for (int second = 0; second < 3_000; second++) {
            serve(100, 10);
            report(LOW);
        }
        for (int second = 0; second < 5; second++) {
            serve(100, 110);
            report(LOW);
        }
        SliceRates rates = rates(report(seconds, LOW), LOW);
        // Half of the step after one half-life of 5 s, and a 24th of it by the slow one of 120 s.
        assertThat(rates.fast()).isEqualTo(60, within(0.5));
        assertThat(rates.slow()).isEqualTo(10 + 100 * (1 - Math.pow(0.5, 5 / 120.0)), within(0.5));
    }

    @Test
    void whatWasNotHeldIsNoLoad() {
        report(LOW);
        serve(3_000, 50);
        assertThat(rates(report(LOW), LOW).fast()).isZero();
    }

    @Test
    void aSplitSharesOutWhatWasKnownAndAMergeAddsItUp() {
        report(LOW);
        for (int second = 0; second < 60; second++) {
            serve(10, 80);
            for (int i = 0; i < 20; i++) serve((second * 20L + i) * 37 % 1_000, 1);
            report(LOW);
        }
        Slice left = Slice.of(new SliceKey(0), new SliceKey(500));
        Slice right = Slice.of(new SliceKey(500), new SliceKey(1_000));

        LoadReport split = report(seconds, left, right);
        LoadReport merged = report(seconds, LOW);

        // The hot key is known to be on the left; the rest is thought to be spread evenly.
        assertThat(rates(split, left).fast()).isEqualTo(90, within(2.0));
        assertThat(rates(split, right).fast()).isEqualTo(10, within(2.0));
        assertThat(rates(merged, LOW).fast()).isEqualTo(100, within(1e-6));
    }

    @Test
    void topKeysAreFoundAmongMany() {
        SplittableRandom random = new SplittableRandom(1);
        report(LOW, HIGH);
        LoadReport report = report(LOW, HIGH);
        for (int second = 0; second < 30; second++) {
            serve(42, 2_000);
            for (int i = 0; i < 20_000; i++) serve(5_000 + random.nextInt(1_000), 1);
            report = report(LOW, HIGH);
        }
        // More than the box of samples holds, so only a part is looked at: the bounds are wider then, but hold.
        HotKey hot = report.topKeys().get(0);
        assertThat(hot.key().bits()).isEqualTo(42);
        assertThat(hot.atLeast()).isBetween(1_500.0, 2_000.0);
        assertThat(hot.atMost()).isBetween(2_000.0, 2_500.0);
        assertThat(rates(report, HIGH).fast()).isEqualTo(20_000, within(100.0));
    }

    @Test
    void aReportIsBoundedAndTellsOfEverySliceInTurn() {
        List<Slice> held = new ArrayList<>();
        for (int i = 0; i < 3 * LoadMeter.MOST_SLICES; i++)
            held.add(Slice.of(new SliceKey(i * 10L), new SliceKey(i * 10L + 10)));
        report(held.toArray(Slice[]::new));
        List<Slice> told = new ArrayList<>();
        for (int second = 0; second < 10; second++) {
            serve(5, 9);
            LoadReport report = report(held.toArray(Slice[]::new));
            assertThat(report.slices()).hasSizeLessThanOrEqualTo(LoadMeter.MOST_SLICES);
            assertThat(report.topKeys()).hasSizeLessThanOrEqualTo(LoadMeter.MOST_KEYS);
            assertThat(report.slices().get(0).slice()).isEqualTo(held.get(0));
            report.slices().forEach(rates -> told.add(rates.slice()));
        }
        assertThat(told).containsAll(held);
    }

    @Test
    void bytesAndWritesTravelWithTheirSlice() {
        report(LOW);
        meter.resident(LOW, 4_711);
        for (int i = 0; i < 5; i++) meter.recordWrite(new SliceKey(3));
        SliceRates rates = rates(report(LOW), LOW);
        assertThat(rates.residentBytes()).isEqualTo(4_711);
        assertThat(rates.writesPerSecond()).isEqualTo(5, within(1e-6));
        assertThat(rates.fast()).isEqualTo(5, within(1e-6));
    }

    @Test
    void theCutFallsBetweenCatalogsWhereOneIsNear() {
        Slice wide = Slice.of(new SliceKey(1L << 32), new SliceKey(5L << 32));
        Slice cold = Slice.from(new SliceKey(5L << 32));
        Slice colder = Slice.of(new SliceKey(0), new SliceKey(1L << 32));
        report(colder, wide, cold);
        for (int i = 0; i < 40; i++) {
            serve((2L << 32) + i * 7, 1);
            serve((3L << 32) + i * 7, 1);
        }

        LoadReport report = report(colder, wide, cold);

        assertThat(rates(report, wide).cut()).contains(new SliceKey(3L << 32));
        assertThat(rates(report, cold).cut()).isEmpty();
    }

    @Test
    void recordingAllocatesNothing() {
        report(LOW);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        SliceKey key = new SliceKey(17);
        for (int i = 0; i < 100_000; i++) meter.record(key, 1);
        long self = Thread.currentThread().getId();
        long before = threads.getThreadAllocatedBytes(self);
        for (int i = 0; i < 1_000_000; i++) meter.record(key, 1);
        long allocated = threads.getThreadAllocatedBytes(self) - before;
        // Asking costs a few bytes itself; one object per record would be sixteen million.
        assertThat(allocated).isLessThan(100_000);
    }

    private void serve(long key, int units) {
        meter.record(new SliceKey(key), units);
    }

    private LoadReport report(Slice... held) {
        return report(++seconds, held);
    }

    private LoadReport report(long second, Slice... held) {
        return meter.report(TimeUnit.SECONDS.toNanos(second), List.of(held));
    }

    private static SliceRates rates(LoadReport report, Slice slice) {
        return report.slices().stream()
                .filter(r -> r.slice().equals(slice))
                .findFirst()
                .orElseThrow();
    }
}
