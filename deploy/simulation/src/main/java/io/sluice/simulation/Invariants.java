package io.sluice.simulation;

import io.sluice.sharder.Assignment;
import io.sluice.sharder.SliceKey;
import io.sluice.sharder.Tenure;
import io.sluice.sharder.slicelet.Holdings;
import io.sluice.sharder.store.ShardStore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** What must hold after every step, judged from outside the machines. */
final class Invariants {
    private final Map<Object, Assignment> newest = new IdentityHashMap<>();
    // By the place of the pod in the list: holdings are never shared, so whoever stands there now is noticed too.
    private final List<Holdings> judged = new ArrayList<>();
    private Assignment inForce = Assignment.NONE;

    void check(ShardStore store, List<? extends Holder> pods) {
        checkMap(store.map());
        for (int i = 0; i < pods.size(); i++) {
            Holder pod = pods.get(i);
            Holdings now = pod.holdings();
            if (i == judged.size()) judged.add(now);
            else if (judged.set(i, now) == now) continue;
            checkMap(pod, now.assignment());
            checkOwner(pod, pods);
        }
    }

    private void checkMap(Assignment map) {
        if (map == inForce) return;
        inForce = map;
        checkMap(this, map);
    }

    private void checkMap(Object holder, Assignment map) {
        Assignment before = newest.get(holder);
        if (before == map) return;
        newest.put(holder, map);
        if (map.isEmpty()) return;
        if (before != null && map.generation().isBefore(before.generation()))
            throw new AssertionError("generation went back from " + before.generation() + " to " + map.generation());
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

    // A pod can only come to own a key when its holdings change, because time alone ends leases and begins none: it is
    // enough to compare those whose holdings changed with all others.
    private static void checkOwner(Holder pod, Collection<? extends Holder> pods) {
        for (Holder other : pods) {
            if (other == pod) continue;
            checkPair(pod, other);
            checkPair(other, pod);
        }
    }

    // Where two overlap, the lowest key of the overlap is the lowest of a slice of one of them.
    private static void checkPair(Holder one, Holder other) {
        if (!one.isAlive() || !other.isAlive()) return;
        for (Tenure tenure : one.holdings().assignment().tenures()) {
            SliceKey key = tenure.slice().low();
            if (tenure.isHeldBy(one.self()) && one.owns(key) && other.owns(key))
                throw new AssertionError("key " + key + " has two owners: " + one.self() + " under generation "
                        + one.holdings().assignment().generation() + " and " + other.self() + " under "
                        + other.holdings().assignment().generation());
        }
    }
}
