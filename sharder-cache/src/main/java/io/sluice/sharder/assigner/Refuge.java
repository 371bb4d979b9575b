package io.sluice.sharder.assigner;

import io.sluice.sharder.Resource;
import io.sluice.sharder.placement.PlannedSlice;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** While an operator keeps placement from moving anything: what nobody serves goes to whoever has least, slice by slice. */
final class Refuge {
    private Refuge() {}

    static List<PlannedSlice> find(List<PlannedSlice> wanted, Collection<Resource> takers) {
        // Sorted, so that ties fall the same way each time.
        Map<Resource, Integer> counts = new TreeMap<>();
        takers.forEach(pod -> counts.put(pod, 0));
        wanted.forEach(slice -> counts.computeIfPresent(slice.owner(), (pod, count) -> count + 1));
        List<PlannedSlice> found = new ArrayList<>();
        for (PlannedSlice slice : wanted) {
            if (counts.containsKey(slice.owner())) {
                found.add(slice);
                continue;
            }
            Resource least = counts.entrySet().stream()
                    .min(Comparator.comparingInt(Map.Entry::getValue))
                    .orElseThrow()
                    .getKey();
            counts.merge(least, 1, Integer::sum);
            found.add(new PlannedSlice(slice.slice(), least, slice.replicas()));
        }
        return found;
    }
}
