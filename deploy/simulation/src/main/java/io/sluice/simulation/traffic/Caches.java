package io.sluice.simulation.traffic;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the pods have in memory, key by key, least recently used first out. A request for anything else is a query to the
 * database. What a pod lets go of it forgets; what comes to it, it gets from a former pod that lives, or not at all.
 */
final class Caches {
    /** Without any memory nothing is counted. */
    static final Caches NONE = new Caches(0, false);

    private final int keysPerPod;
    private final boolean transfers;
    private long hits;
    private long misses;

    /** @param transfers whether what is in memory goes along with a slice */
    Caches(int keysPerPod, boolean transfers) {
        this.keysPerPod = keysPerPod;
        this.transfers = transfers;
    }

    /** One pod's. */
    static final class Cache extends LinkedHashMap<Integer, Boolean> {
        private static final long serialVersionUID = 1;
        private final int most;

        private Cache(int most) {
            super(16, 0.75f, true);
            this.most = most;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, Boolean> eldest) {
            return size() > most;
        }
    }

    Cache empty() {
        return new Cache(keysPerPod);
    }

    void ask(Cache cache, int key, int requests) {
        if (keysPerPod == 0 || requests == 0) return;
        boolean isHit = cache.put(key, true) != null;
        hits += isHit ? requests : requests - 1;
        misses += isHit ? 0 : 1;
    }

    /** @return what was asked since the last time */
    Lookups take() {
        Lookups lookups = new Lookups(hits, misses);
        hits = 0;
        misses = 0;
        return lookups;
    }

    record Lookups(long hits, long misses) {}

    /** Both maps count the same servers. */
    void move(Territory before, Territory after, List<SimulatedServer> servers) {
        if (keysPerPod == 0) return;
        int old = 0;
        for (int slice = 0; slice < after.seats.length; slice++)
            for (int key = after.firstKey[slice]; key < after.firstKey[slice + 1]; key++) {
                while (before.firstKey[old + 1] <= key) old++;
                move(key, before.seats[old], after.seats[slice], servers);
            }
    }

    private void move(int key, int[] before, int[] after, List<SimulatedServer> servers) {
        boolean isKept = false;
        for (int seat : before) isKept |= seat >= 0 && servers.get(seat).cache.containsKey(key);
        for (int seat : after)
            if (seat >= 0 && !has(before, seat) && transfers && isKept)
                servers.get(seat).cache.put(key, true);
        for (int seat : before)
            if (seat >= 0 && !has(after, seat)) servers.get(seat).cache.remove(key);
    }

    private static boolean has(int[] seats, int wanted) {
        for (int seat : seats) if (seat == wanted) return true;
        return false;
    }
}
