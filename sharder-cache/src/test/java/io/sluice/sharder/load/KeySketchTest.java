package io.sluice.sharder.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.sharder.testkit.Seeds;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class KeySketchTest {
    @Test
    void everyKeyLiesWithinItsBounds() {
        // Against exact decayed counts of skewed streams of many more keys than fit.
        Seeds.check(40, random -> {
            KeySketch sketch = new KeySketch();
            Map<Long, Double> exact = new HashMap<>();
            double span = 0;
            Map<Long, Double> latest = Map.of();
            for (int tick = 0; tick < 30; tick++) {
                sketch.decay(0.9, 1);
                exact.replaceAll((key, count) -> count * 0.9);
                span = span * 0.9 + 1;
                latest = batch(random, sketch);
                latest.forEach((key, count) -> exact.merge(key, count, Double::sum));
                sketch.trim(1);
            }
            for (HotKey hot : sketch.above(0, Integer.MAX_VALUE)) {
                double average = exact.get(hot.key().bits()) / span;
                double last = latest.getOrDefault(hot.key().bits(), 0.0);
                assertThat(hot.atLeast()).isLessThanOrEqualTo(Math.max(average, last) + 1e-9);
                assertThat(hot.atMost()).isGreaterThanOrEqualTo(Math.min(average, last) - 1e-9);
                if (last <= average) assertThat(hot.atMost()).isGreaterThanOrEqualTo(average - 1e-9);
            }
        });
    }

    @Test
    void noKeyHeavierThanTheFloorIsMissing() {
        Seeds.check(40, random -> {
            KeySketch sketch = new KeySketch();
            Map<Long, Double> exact = new HashMap<>();
            double all = 0;
            for (int tick = 0; tick < 20; tick++) {
                sketch.decay(1, 1);
                batch(random, sketch).forEach((key, count) -> exact.merge(key, count, Double::sum));
                sketch.trim(1);
            }
            for (double count : exact.values()) all += count;
            List<Long> listed = sketch.above(0, Integer.MAX_VALUE).stream()
                    .map(hot -> hot.key().bits())
                    .toList();
            exact.forEach((key, count) -> {
                if (count / 20 > sketch.floorPerSecond() + 1e-9)
                    assertThat(listed).contains(key);
            });
            assertThat(sketch.floorPerSecond() * 20).isLessThanOrEqualTo(2 * all / KeySketch.CAPACITY);
        });
    }

    @Test
    void aKeyThatHasJustBecomeHotIsToldAsHotAsItIs() {
        KeySketch sketch = new KeySketch();
        for (int tick = 0; tick < 60; tick++) {
            sketch.decay(LoadMeter.keep(1, 10), 1);
            sketch.add(7, 10, false);
            sketch.trim(1);
        }
        sketch.decay(LoadMeter.keep(1, 10), 1);
        sketch.add(7, 3_000, false);
        sketch.trim(1);

        HotKey hot = sketch.above(1, 1).get(0);

        assertThat(hot.atLeast()).isBetween(2_700.0, 3_000.0);
        assertThat(hot.atMost()).isBetween(3_000.0, 3_300.0);
    }

    @Test
    void writesAreToldApart() {
        KeySketch sketch = new KeySketch();
        sketch.decay(1, 1);
        sketch.add(1, 30, false);
        sketch.add(1, 10, true);
        sketch.trim(1);
        assertThat(sketch.above(1, 1).get(0).writesPerSecond()).isEqualTo(10);
    }

    /** A few heavy keys, and a long tail of keys that come once. */
    private static Map<Long, Double> batch(SplittableRandom random, KeySketch sketch) {
        Map<Long, Double> counts = new HashMap<>();
        for (int i = 0; i < 2_000; i++) {
            long key = random.nextInt(4) == 0
                    ? (long) (random.nextDouble() * random.nextDouble() * 40)
                    : random.nextInt(100_000);
            sketch.add(key, 1, false);
            counts.merge(key, 1.0, Double::sum);
        }
        return counts;
    }
}
