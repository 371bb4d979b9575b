package io.sluice.sharder.load;

import java.util.List;

/**
 * What a pod tells the assigner once a second. Bounded: at most {@link LoadMeter#MOST_SLICES} slices, the hottest and in
 * turn the others, and {@link LoadMeter#MOST_KEYS} keys.
 *
 * @param unit which kind of unit was counted: rates of different units must not be compared
 */
public record LoadReport(int unit, List<SliceRates> slices, List<HotKey> topKeys) {
    public LoadReport {
        slices = List.copyOf(slices);
        topKeys = List.copyOf(topKeys);
    }
}
