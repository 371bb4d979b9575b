package io.sluice.sharder.placement;

import io.sluice.sharder.Slice;
import io.sluice.sharder.SliceKey;
import io.sluice.sharder.load.HotKey;
import io.sluice.sharder.load.SliceRates;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/**
 * What one pod has told of one slice of the plan. Mostly in one piece; but where the plan joins slices with unlike pasts
 * the map keeps them apart, and the pod counts them apart.
 */
final class Account {
    private static final double SECOND = TimeUnit.SECONDS.toNanos(1);

    private final Map<SliceKey, Told> parts = new TreeMap<>();

    private record Told(SliceRates rates, double estimate, List<HotKey> keys, long atNanos) {}

    /** @param keys that stand out in the part that is told of */
    void take(SliceRates rates, List<HotKey> keys, long nowNanos) {
        Slice part = rates.slice();
        parts.values()
                .removeIf(told ->
                        !told.rates.slice().equals(part) && told.rates.slice().overlaps(part));
        Told former = parts.get(part.low());
        double seconds = former == null ? 0 : (nowNanos - former.atNanos()) / SECOND;
        double estimate = Estimate.now(rates, former == null ? null : former.rates(), seconds);
        parts.put(part.low(), new Told(rates, estimate, keys, nowNanos));
    }

    /** @param prior what was expected of the whole slice; of what is not told of, it still is */
    double perSecond(double prior, Slice whole) {
        double sum = 0;
        double covered = 0;
        for (Told told : parts.values()) {
            double part = told.rates().slice().equals(whole)
                    ? 1
                    : Parts.width(told.rates().slice()) / Parts.width(whole);
            covered += part;
            sum += Estimate.between(prior * part, told.estimate(), told.rates().observedSeconds());
        }
        return sum + prior * Math.max(0, 1 - covered);
    }

    double growth() {
        return sum(told -> Estimate.growth(told.rates()));
    }

    double writesPerSecond() {
        return sum(told -> told.rates().writesPerSecond());
    }

    long residentBytes() {
        return (long) sum(told -> told.rates().residentBytes());
    }

    List<HotKey> keys() {
        List<HotKey> keys = new ArrayList<>();
        parts.values().forEach(told -> keys.addAll(told.keys()));
        return keys;
    }

    /** Where to cut the whole in two. Of what is told in parts nobody knows. */
    Optional<SliceKey> cut() {
        return parts.size() == 1 ? parts.values().iterator().next().rates().cut() : Optional.empty();
    }

    private double sum(ToDoubleFunction<Told> value) {
        return parts.values().stream().mapToDouble(value).sum();
    }
}
