package io.sluice.simulation;

import io.sluice.sharder.Assignment;
import io.sluice.sharder.Generation;
import io.sluice.sharder.SliceKey;
import io.sluice.sharder.Tenure;
import io.sluice.sharder.slicelet.Holdings;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What must hold after every step, judged from outside the machines. */
final class Invariants {
    private final Map<Object, Generation> newest = new HashMap<>();
    private final Map<SimulatedPod, Holdings> judged = new HashMap<>();

    void check(SimulatedAssigner assigner, Collection<SimulatedPod> pods) {
        checkMap(assigner, assigner.assignment());
        for (SimulatedPod pod : pods) checkMap(pod, pod.holdings().assignment());
        checkOwners(pods);
    }

    private void checkMap(Object holder, Assignment map) {
        Generation before = newest.put(holder, map.generation());
        if (before == null ? map.isEmpty() : before.equals(map.generation())) return;
        if (before != null && map.generation().isBefore(before))
            throw new AssertionError("generation went back from " + before + " to " + map.generation());
        checkCover(map.tenures());
    }

    // Not by the code that built the map: one pass over borders, written down afresh.
    private static void checkCover(List<Tenure> tenures) {
        long expected = 0;
        for (int i = 0; i < tenures.size(); i++) {
            if (tenures.get(i).slice().low().bits() != expected)
                throw new AssertionError("gap or overlap in front of " + tenures.get(i));
            boolean isLast = i == tenures.size() - 1;
            if (tenures.get(i).slice().high().isEmpty() != isLast)
                throw new AssertionError("the key space does not end with the last slice: " + tenures);
            expected = tenures.get(i).slice().high().map(SliceKey::bits).orElse(0L);
        }
    }

    // A pod can only come to own a key when its holdings change; time alone ends leases and begins none. So it is
    // enough
    // to compare those whose holdings changed with all others.
    private void checkOwners(Collection<SimulatedPod> pods) {
        for (SimulatedPod pod : pods) {
            Holdings now = pod.holdings();
            if (now.equals(judged.put(pod, now))) continue;
            for (SimulatedPod other : pods) {
                if (other == pod) continue;
                checkPair(pod, other);
                checkPair(other, pod);
            }
        }
    }

    // Where two overlap, the lowest key of the overlap is the lowest of a slice of one of them.
    private static void checkPair(SimulatedPod one, SimulatedPod other) {
        if (!one.isAlive() || !other.isAlive()) return;
        for (Tenure tenure : one.holdings().assignment().tenures()) {
            SliceKey key = tenure.slice().low();
            if (tenure.isHeldBy(one.self) && one.owns(key) && other.owns(key))
                throw new AssertionError("key " + key + " has two owners: " + one.self + " under generation "
                        + one.holdings().assignment().generation() + " and " + other.self + " under "
                        + other.holdings().assignment().generation());
        }
    }
}
