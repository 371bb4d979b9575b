package io.sluice.sharder.placement;

import java.util.List;

/**
 * The position from which a round begins.
 *
 * @param slices in the order of their keys, covering the key space; empty before the first plan
 */
public record Board(List<PlacedSlice> slices, List<PodPlace> pods) {
    public Board {
        slices = List.copyOf(slices);
        pods = List.copyOf(pods);
        requireCover(slices);
    }

    private static void requireCover(List<PlacedSlice> slices) {
        if (slices.isEmpty()) return;
        boolean covers = slices.get(0).slice().low().bits() == 0
                && slices.get(slices.size() - 1).slice().high().isEmpty();
        for (int i = 1; covers && i < slices.size(); i++)
            covers = slices.get(i - 1).slice().meets(slices.get(i).slice());
        if (!covers) throw new IllegalArgumentException("the slices do not cover the key space once, in order");
    }
}
