package io.sluice.sharder.placement;

import io.sluice.sharder.SliceKey;
import io.sluice.sharder.load.HotKey;
import java.util.List;
import java.util.Optional;

/**
 * What a slice asks of all its pods together.
 *
 * @param perSecond units per second, reads and writes
 * @param writesPerSecond the part of them that are writes
 * @param residentBytes what one pod keeps in memory for it
 * @param hotKeys keys inside that stand out
 * @param cut where it is best cut in two
 */
public record SliceLoad(
        double perSecond, double writesPerSecond, long residentBytes, List<HotKey> hotKeys, Optional<SliceKey> cut) {
    public static final SliceLoad NONE = of(0);

    public SliceLoad {
        hotKeys = List.copyOf(hotKeys);
    }

    public static SliceLoad of(double perSecond) {
        return new SliceLoad(perSecond, 0, 0, List.of(), Optional.empty());
    }
}
