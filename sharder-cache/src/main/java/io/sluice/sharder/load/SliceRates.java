package io.sluice.sharder.load;

import io.sluice.sharder.Slice;
import io.sluice.sharder.SliceKey;
import java.util.Optional;

/**
 * What one pod saw of one slice. Of a slice with replicas, each pod sees its own part.
 *
 * @param fast units per second, mostly of the last {@link LoadMeter#FAST_HALF_LIFE_S} seconds
 * @param slow units per second, mostly of the last {@link LoadMeter#SLOW_HALF_LIFE_S} seconds
 * @param writesPerSecond the part of {@code slow} that were writes
 * @param residentBytes what the pod keeps in memory for the slice
 * @param observedSeconds how long the pod has watched the slice; younger rates deserve less trust
 * @param cut where the pod would cut it into two of about equal load, at the border of a catalog if one is near
 */
public record SliceRates(
        Slice slice,
        double fast,
        double slow,
        double writesPerSecond,
        long residentBytes,
        double observedSeconds,
        Optional<SliceKey> cut) {}
