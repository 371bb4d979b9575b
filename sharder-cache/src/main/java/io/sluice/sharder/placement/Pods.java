package io.sluice.sharder.placement;

import io.sluice.sharder.Resource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The pods of one round by number, in arrays: those of the board first, then the dead ones that own something. */
final class Pods {
    final int count;
    final boolean[] isServing;
    /** It has something pinned to it, and gets nothing else. */
    final boolean[] isGuard;

    final int[] zone;
    final double[] capacity;
    final long[] byteLimit;
    /** The number of the pod that takes this one's place as it is, or -1. */
    final int[] successor;

    private final int places;
    private final List<Resource> resources = new ArrayList<>();
    private final Map<Resource, Integer> numbers = new HashMap<>();

    Pods(Board board, List<Pin> pins) {
        places = board.pods().size();
        board.pods().forEach(place -> number(place.pod()));
        for (PlacedSlice slice : board.slices()) {
            number(slice.owner());
            slice.replicas().forEach(this::number);
        }
        pins.forEach(pin -> number(pin.pod()));
        count = resources.size();
        isServing = new boolean[count];
        zone = new int[count];
        capacity = new double[count];
        byteLimit = new long[count];
        successor = new int[count];
        isGuard = new boolean[count];
        pins.forEach(pin -> isGuard[number(pin.pod())] = true);
        Arrays.fill(successor, -1);
        Map<String, Integer> zones = new HashMap<>();
        for (PodPlace place : board.pods()) {
            int pod = number(place.pod());
            isServing[pod] = place.isServing();
            zone[pod] = zones.computeIfAbsent(place.zone(), z -> zones.size());
            capacity[pod] = place.capacity();
            byteLimit[pod] = place.byteLimit();
        }
        for (PodPlace place : board.pods()) standBy(place);
        for (PodPlace place : board.pods()) pair(place);
        // Somebody has to take what the dead leave behind: where only guards are left, none is spared.
        if (servingCount() == servingGuards()) Arrays.fill(isGuard, false);
    }

    int number(Resource pod) {
        Integer known = numbers.putIfAbsent(pod, resources.size());
        if (known != null) return known;
        resources.add(pod);
        return resources.size() - 1;
    }

    Resource resource(int pod) {
        return resources.get(pod);
    }

    boolean isEmpty() {
        for (boolean serving : isServing) if (serving) return false;
        return true;
    }

    int servingCount() {
        int serving = 0;
        for (boolean is : isServing) if (is) serving++;
        return serving;
    }

    private int servingGuards() {
        int guards = 0;
        for (int pod = 0; pod < count; pod++) if (isServing[pod] && isGuard[pod]) guards++;
        return guards;
    }

    double totalCapacity() {
        double total = 0;
        for (int pod = 0; pod < count; pod++) if (isServing[pod]) total += capacity[pod];
        return total;
    }

    // Ready before the other one leaves: what it got now would have to move again.
    private void standBy(PodPlace place) {
        Integer former = place.replaces().map(numbers::get).orElse(null);
        if (former != null && former < places && isServing[former]) isServing[number(place.pod())] = false;
    }

    private void pair(PodPlace place) {
        Integer former = place.replaces().map(numbers::get).orElse(null);
        if (former == null || !isServing[number(place.pod())] || isServing[former]) return;
        if (successor[former] < 0) successor[former] = number(place.pod());
    }
}
