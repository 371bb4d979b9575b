package io.sluice.simulation.traffic;

import io.sluice.sharder.Resource;
import io.sluice.sharder.placement.PlannedSlice;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The map in force, in numbers: which keys each slice has and which servers serve it. */
final class Territory {
    final List<PlannedSlice> slices;
    /** Slice i has the keys from firstKey[i] to before firstKey[i + 1]. */
    final int[] firstKey;
    /** Numbers of living servers, the owner first; a dead one is -1. */
    final int[][] seats;

    Territory(List<PlannedSlice> slices, Keys keys, Map<Resource, Integer> numbers) {
        this.slices = slices;
        this.firstKey = new int[slices.size() + 1];
        this.seats = new int[slices.size()][];
        for (int i = 0; i < slices.size(); i++) {
            PlannedSlice planned = slices.get(i);
            firstKey[i] = keys.indexOf(planned.slice().low().bits());
            List<Resource> pods = new ArrayList<>(planned.replicas());
            pods.add(0, planned.owner());
            seats[i] =
                    pods.stream().mapToInt(pod -> numbers.getOrDefault(pod, -1)).toArray();
        }
        firstKey[slices.size()] = slices.isEmpty() ? 0 : keys.count();
    }

    double load(int slice, Demand demand) {
        return demand.between(firstKey[slice], firstKey[slice + 1]);
    }

    /** What each server carries: reads are spread over the seats that live, writes go to the owner. */
    double[] loads(int servers, Demand demand) {
        double[] loads = new double[servers];
        for (int i = 0; i < seats.length; i++) addShares(i, load(i, demand), demand.writes, loads);
        return loads;
    }

    /** The load that lies with nobody. */
    double lost(Demand demand) {
        double lost = 0;
        for (int i = 0; i < seats.length; i++) {
            boolean lives = false;
            for (int seat : seats[i]) lives |= seat >= 0;
            if (!lives) lost += load(i, demand);
        }
        return lost;
    }

    private void addShares(int slice, double load, double writes, double[] loads) {
        int living = 0;
        for (int seat : seats[slice]) if (seat >= 0) living++;
        for (int seat : seats[slice]) if (seat >= 0) loads[seat] += load * (1 - writes) / living;
        if (seats[slice][0] >= 0) loads[seats[slice][0]] += load * writes;
    }
}
